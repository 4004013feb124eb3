import type Stripe from 'stripe';
import type { Clock } from '#platform/clock.ts';
import type { Table } from '#platform/table/table.ts';

/** What refreshing needs from the outside. */
export interface RefreshDeps {
  readonly table: Table;
  readonly stripe: Stripe;
  readonly clock: Clock;
  /** A number in [0, 1), as Math.random gives: it draws the shard of totals. */
  readonly random: () => number;
}
