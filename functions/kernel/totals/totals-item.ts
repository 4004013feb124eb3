import type { Month } from '#platform/clock.ts';
import { shardOf } from '#platform/ids.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, totalsShards } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
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
  const { fund, month, raised, sales, supporters } = change;
  return {
    update: keys.totals(fund, Math.floor(draw * totalsShards)),
    set: {
      expression: `ADD raised :raised, supporters :supporters, #month :raised${sales === 0 ? '' : ', sales :sales'} SET entity = :entity, v = :v`,
      names: { '#month': monthAttribute(month) },
      values: {
        ':raised': raised,
        ':supporters': supporters,
        ':entity': 'totals',
        ':v': 1,
        ...(sales !== 0 && { ':sales': sales }),
      },
    },
  };
}

/**
 * Counts payments of donors who are counted already.
 * @param paymentId chooses the shard
 */
export function toRepeatsChange(fund: string, repeats: number, paymentId: string): Change {
  return {
    update: keys.totals(fund, shardOf(paymentId, totalsShards)),
    set: {
      expression: 'ADD repeats :repeats SET entity = :entity, v = :v',
      values: { ':repeats': repeats, ':entity': 'totals', ':v': 1 },
    },
  };
}

export function fromTotalsItem(item: Item): TotalsShard {
  const fields = read(item);
  const months: Record<Month, number> = {};
  for (const name of fields.names()) {
    if (name.startsWith(monthPrefix)) months[name.slice(monthPrefix.length)] = fields.int(name);
  }
  return {
    raised: fields.maybeInt('raised') ?? 0,
    sales: fields.maybeInt('sales') ?? 0,
    supporters: fields.maybeInt('supporters') ?? 0,
    repeats: fields.maybeInt('repeats') ?? 0,
    months,
    generation: fields.maybeInt('generation') ?? 0,
  };
}
