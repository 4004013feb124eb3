import type { Month } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';

/** The marker of a closed month: while it stands, no entry is written into the month. It is never taken away. */
export function toClosedMonthItem(month: Month, closedAt: Date): Item {
  return toItem(keys.closedMonth(month), 'closed-month', 1, { month, closedAt: closedAt.toISOString() });
}

/** When a month was closed. */
export function closedAtOf(item: Item): Date {
  return read(item).date('closedAt');
}
