import type { Month } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { DaySums, Days } from './day-sums.ts';

export function toDaySumsItem(month: Month, days: Days): Item {
  const inOrder = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  return toItem(keys.daySums(month), 'day-sums', 1, { month, days: Object.fromEntries(inOrder) });
}

export function fromDaySumsItem(item: Item): Days {
  const days = read(item).record('days');
  return new Map(
    days.names().map((day): [string, DaySums] => {
      const sums = days.record(day);
      return [
        day,
        {
          payments: sums.int('payments'),
          gross: sums.int('gross'),
          fees: sums.int('fees'),
          refunded: sums.int('refunded'),
        },
      ];
    }),
  );
}
