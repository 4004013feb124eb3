import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';

/** The slugs of all funds, in the order of their list, which only grows; empty when there is none. */
export function fundSlugs(item: Item | undefined): string[] {
  return (item && read(item).maybeTexts('slugs')) ?? [];
}

/** When a fund's first gift can come. */
export function fundOpening(item: Item): Date {
  return read(item).date('opensAt');
}
