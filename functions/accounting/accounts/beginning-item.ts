import type { Month } from '#platform/clock.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';

/**
 * Writes the first month of the books, which can only move to an earlier month.
 * @param seen the stored month when this was decided; the change fails if another one is stored by then
 */
export function toBeginningChange(month: Month, seen: Month | undefined): Change {
  return {
    update: keys.beginning(),
    set: {
      expression: 'SET entity = :entity, v = :v, #month = :month',
      names: { '#month': 'month' },
      values: { ':entity': 'beginning', ':v': 1, ':month': month, ...(seen && { ':seen': seen }) },
    },
    condition: seen ? '#month = :seen AND #month > :month' : 'attribute_not_exists(pk)',
  };
}

/** Undefined while no first month is written. */
export function fromBeginningItem(item: Item | undefined): Month | undefined {
  return item && read(item).text('month');
}
