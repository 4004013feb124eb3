import type { Month } from '#platform/clock.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, totalsShards } from '#platform/table/keys.ts';
import type { Item } from '#platform/table/table.ts';
import type { TotalsChange, TotalsShard } from './totals.ts';

const monthPrefix = 'month#';

/** The attribute of a shard that holds a month's amount. */
export function monthAttribute(month: Month): string {
  return `${monthPrefix}${month}`;
}

/**
 * Adds to one shard of a campaign's totals, month and all time together.
 * @param draw a number in [0, 1) that chooses the shard
 */
export function toTotalsChange(change: TotalsChange, draw: number): Change {
  return {
    update: keys.totals(change.campaign, Math.floor(draw * totalsShards)),
    set: {
      expression: 'ADD raised :raised, supporters :supporters, #month :raised SET entity = :entity, v = :v',
      names: { '#month': monthAttribute(change.month) },
      values: { ':raised': change.raised, ':supporters': change.supporters, ':entity': 'totals', ':v': 1 },
    },
  };
}

/** Reads a shard. */
export function fromTotalsItem(item: Item): TotalsShard {
  const months: Record<Month, number> = {};
  for (const [name, value] of Object.entries(item)) {
    if (name.startsWith(monthPrefix)) months[name.slice(monthPrefix.length)] = value as number;
  }
  return {
    raised: (item.raised as number | undefined) ?? 0,
    supporters: (item.supporters as number | undefined) ?? 0,
    months,
    generation: (item.generation as number | undefined) ?? 0,
  };
}
