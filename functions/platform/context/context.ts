import type Stripe from 'stripe';
import type { Clock } from '#platform/clock.ts';
import type { Table } from '#platform/table/table.ts';

/** What verbs need from the outside, beside their input. Each says what it takes: `Pick<Context, 'table' | 'now'>`. */
export interface Context {
  readonly table: Table;
  /** The moment of doing it: of the request, the delivery or the schedule. */
  readonly now: Date;
  /** For what takes its time: the moment of each step. */
  readonly clock: Clock;
  /** A number in [0, 1), as Math.random gives: it draws the shard of totals. */
  readonly random: () => number;
  readonly stripe: Stripe;
}
