import { isMonth, type Month } from '#platform/clock.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import { fromRollUpItem } from './roll-up-item.ts';
import { addUp } from './totals.ts';
import { fromTotalsItem } from './totals-item.ts';

/** The items that show in which months a campaign raised anything. */
export function raisedKeys(slug: string): Key[] {
  return [keys.rollUp(slug), ...keys.allTotals(slug)];
}

/** The Hong Kong months in which a campaign had gifts or reversals, in order: no gift is of another month. */
export function raisedMonths(slug: string, read: ItemsRead): Month[] {
  const shards = keys.allTotals(slug).flatMap((key) => read.itemAt(key) ?? []);
  const { months } = addUp(shards.map(fromTotalsItem), fromRollUpItem(read.itemAt(keys.rollUp(slug))));
  return Object.keys(months).filter(isMonth).sort();
}
