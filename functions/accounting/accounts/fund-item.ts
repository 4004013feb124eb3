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
