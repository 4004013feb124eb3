import type { Month } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { RollUp } from './totals.ts';

/** The item of a campaign's finished months. */
export function toRollUpItem(slug: string, rollUp: RollUp): Item {
  return toItem(keys.rollUp(slug), 'roll-up', 1, { months: rollUp.months, generation: rollUp.generation });
}

/** Reads the finished months; undefined before the first roll-up. */
export function fromRollUpItem(item: Item | undefined): RollUp | undefined {
  return item && { months: item.months as Record<Month, number>, generation: item.generation as number };
}
