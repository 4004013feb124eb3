import type { Month } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';

/** Finished months, moved out of the shards. */
export interface RollUp {
  /** Minor units by Hong Kong month. */
  readonly months: Readonly<Record<Month, number>>;
  /** How often months were moved, from 1 on; every shard holds the same number. */
  readonly generation: number;
}

/** What a campaign raised. All amounts are minor units. */
export interface Totals {
  readonly raised: number;
  readonly sales: number;
  readonly supporters: number;
  readonly months: Readonly<Record<Month, number>>;
}

/** Adds up a campaign's shards and its finished months. A late gift for a finished month counts at once: both are added. */
export function addUp(shards: readonly TotalsShard[], rollUp: RollUp | undefined): Totals {
  const months: Record<Month, number> = { ...rollUp?.months };
  for (const shard of shards) {
    for (const [month, raised] of Object.entries(shard.months)) months[month] = (months[month] ?? 0) + raised;
  }
  return {
    raised: sum(shards.map((shard) => shard.raised)),
    sales: sum(shards.map((shard) => shard.sales)),
    supporters: sum(shards.map((shard) => shard.supporters - shard.repeats)),
    months,
  };
}

/** Whether shards and roll-up were read on the same side of a roll-up; otherwise a month would count twice or not at all. */
export function readTogether(shards: readonly TotalsShard[], rollUp: RollUp | undefined): boolean {
  return shards.every((shard) => shard.generation === (rollUp?.generation ?? 0));
}

/** What a campaign's totals grow by. */
export interface TotalsChange {
  readonly fund: string;
  readonly month: Month;
  /** Minor units. */
  readonly raised: number;
  /** What was sold, minor units: it is not raised. */
  readonly sales: number;
  readonly supporters: number;
}

/** One shard of a campaign's totals: of all time, and of the months that are not rolled up. */
export interface TotalsShard {
  /** Minor units, of all time. */
  readonly raised: number;
  readonly sales: number;
  /** Payments that each count for a supporter. */
  readonly supporters: number;
  /** How many of them are another one of a donor who is counted already. */
  readonly repeats: number;
  /** Minor units by Hong Kong month. */
  readonly months: Readonly<Record<Month, number>>;
  /** How often finished months were moved from here into the roll-up. */
  readonly generation: number;
}
