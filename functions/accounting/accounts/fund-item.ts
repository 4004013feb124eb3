import type { Bilingual } from '#platform/charity.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';

/** The slugs of all funds, in the order of their list, which only grows. */
export function fundSlugs(item: Item | undefined): string[] {
  return (item && read(item).maybeTexts('slugs')) ?? [];
}

/** The moment from which a fund takes gifts. */
export function fundOpening(item: Item): Date {
  return read(item).date('opensAt');
}

/** What people call a fund. */
export function fundTitles(item: Item): Bilingual {
  const title = read(item).record('title');
  return { en: title.text('en'), 'zh-HK': title.text('zh-HK') };
}
