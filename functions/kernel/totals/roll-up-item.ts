import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { RollUp } from './totals.ts';

/** The item of a campaign's finished months. */
export function toRollUpItem(slug: string, rollUp: RollUp): Item {
  return toItem(keys.rollUp(slug), 'roll-up', 1, { months: rollUp.months, generation: rollUp.generation });
}

/** Reads the finished months; undefined before the first roll-up. */
export function fromRollUpItem(item: Item | undefined): RollUp | undefined {
  if (!item) return undefined;
  const fields = read(item);
  return { months: fields.record('months').ints(), generation: fields.int('generation') };
}
