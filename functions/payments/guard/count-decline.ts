import { askForRefresh } from '#kernel/outbox/ask-for-refresh.ts';
import {
  declinesOf,
  toDeclinedChange,
  waitingSession,
  wasDeclinedBy,
} from '#payments/checkout/checkout-item.ts';
import type { Context } from '#platform/context/context.ts';
import { log } from '#platform/log.ts';
import { type Changes, commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';
import { toCountChange } from './guard-item.ts';
import { guardLimits } from './guard-limits.ts';
import { toNetworkDeclineChange } from './limit-checkouts.ts';

/** A payment of a checkout of ours that the card's bank declined; the Session can still be paid. */
export interface Decline {
  readonly eventId: string;
  readonly checkoutId: string;
  readonly fund: string;
  /** The network that started the checkout, as it was named then. */
  readonly network: string | undefined;
  /** Stripe's time of it. */
  readonly at: Date;
}

/** What became of a declined payment: `counted`, or `unchanged` – it was counted before, or its checkout has ended. */
export type Counted = 'counted' | 'unchanged';

type Counting = Pick<Context, 'table' | 'random' | 'now'>;

const { declinesACheckout, declinesANetwork, declinesToStop } = guardLimits;

/**
 * Counts a declined payment: with its checkout, so that a gift that comes after many is put under review; with its network; and with its
 * campaign, for the breaker, as long as neither the checkout nor the network has counted what one of them may. One start would
 * let an attacker try out cards on one page without end: after some declines its Session is ended, and at once where the network has
 * had many. A duplicate event counts nothing.
 */
export async function countDecline(decline: Decline, ctx: Counting): Promise<Counted> {
  const { fund, checkoutId, eventId, network, at } = decline;
  const last = declinesACheckout - 1;
  const first = await commit(
    ctx.table,
    (): Changes<'guard' | 'checkout' | 'network'> => ({
      guard: toCountChange(fund, 'declines', at, ctx.random()),
      checkout: toDeclinedChange(checkoutId, eventId, last),
      ...(network && { network: toNetworkDeclineChange(network, declinesANetwork) }),
    }),
  );
  if (first.committed) return counted(fund);
  const checkout = first.failed.get('checkout');
  if (wasDeclinedBy(checkout, eventId)) return 'unchanged';
  if (first.failed.has('checkout') && declinesOf(checkout) < last) {
    // The checkout has ended or is not there: nothing can be tried on it any more.
    return 'unchanged';
  }
  const ofNetwork = first.failed.get('network');
  return countLastOrMany(decline, ofNetwork && read(ofNetwork).maybeInt('declines'), ctx);
}

/** The last decline that a checkout may have, or one of a network that has counted enough for the breaker. */
async function countLastOrMany(
  decline: Decline,
  ofNetwork: number | undefined,
  { table, random, now }: Counting,
): Promise<Counted> {
  const { fund, checkoutId, eventId, network, at } = decline;
  const isNetworkFull = (ofNetwork ?? 0) >= declinesANetwork;
  const outcome = await commit(
    table,
    (): Changes<'guard' | 'checkout' | 'network'> => ({
      ...(!isNetworkFull && { guard: toCountChange(fund, 'declines', at, random()) }),
      checkout: toDeclinedChange(checkoutId, eventId, declinesACheckout),
      ...(network && { network: toNetworkDeclineChange(network) }),
    }),
  );
  // Which of the limits was reached, and the Session that is to be ended, the first transaction did not say.
  const key = keys.checkout(checkoutId);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  const objectId = waitingSession(item);
  const isTriedOut =
    declinesOf(item) >= declinesACheckout || (ofNetwork !== undefined && ofNetwork + 1 >= declinesToStop);
  if (objectId && isTriedOut) await askForRefresh({ object: 'session', objectId, eventId }, { table, now });
  return outcome.committed ? counted(fund) : 'unchanged';
}

function counted(fund: string): 'counted' {
  log('info', 'payment-declined', { campaign: fund });
  return 'counted';
}
