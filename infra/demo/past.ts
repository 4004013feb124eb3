import type Stripe from 'stripe';
import { handleEvent } from '#apps/webhooks/events.ts';
import type { Table } from '#platform/table/table.ts';
import type { StoredEvent } from '../local/stripe/account/store.ts';
import type { LocalStripe } from '../local/stripe/server.ts';

/** What the demonstration's past is played with. */
export interface DemoWorld {
  readonly table: Table;
  /** Where the gifts were paid. */
  readonly stripe: LocalStripe;
  /** The product's own way to it. */
  readonly client: Stripe;
  /** A number in [0, 1), the same ones each time. */
  readonly random: () => number;
}

/** Who of the staff acts in it: invented people, under their sign-ins' subjects. */
export const demoStaff = {
  families: { id: 'demo-families', roles: ['families'] },
  finance: { id: 'demo-finance', roles: ['finance'] },
} as const;

/** Something that happened in the demonstration's past. */
export interface Happening {
  readonly at: Date;
  /** @param at the same moment */
  readonly play: (world: DemoWorld, at: Date) => Promise<void>;
}

/**
 * Takes Stripe's events of a moment to their handlers, as its webhook does. No mail is sent for them.
 * @returns what became of each
 */
export async function takeEvents(
  events: readonly StoredEvent[],
  now: Date,
  { table, random }: DemoWorld,
): Promise<string[]> {
  const outcomes: string[] = [];
  for (const event of events) {
    // A stored event is what Stripe's types say of it, once it was sent.
    outcomes.push(await handleEvent(event as unknown as Stripe.Event, { table, now, random, thank: false }));
  }
  return outcomes;
}
