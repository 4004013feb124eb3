import type { Month } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';

/** The marker of a past month that takes an entry: its sums are computed again. */
export function toTouchedMonthItem(month: Month, touchedAt: Date): Item {
  return toItem(keys.touchedMonth(month), 'touched-month', 1, { month, touchedAt: touchedAt.toISOString() });
}

/** When a month was last touched. */
export function touchedAtOf(item: Item): Date {
  return read(item).date('touchedAt');
}
