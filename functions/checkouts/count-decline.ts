import { count } from '../platform/log.ts';
import { askForRefresh } from '../refresh/ask-for-refresh.ts';
import { type Changes, commit } from '../table/commit.ts';
import type { Table } from '../table/table.ts';
import { toDeclinedChange, triedOutSession, wasDeclinedBy } from './checkout-item.ts';
import { toCountChange } from './guard-item.ts';

/** A payment of a checkout of ours that the card's bank declined; the Session can still be paid. */
export interface Decline {
  readonly eventId: string;
  readonly checkoutId: string;
  readonly campaign: string;
  /** Stripe's time of it. */
  readonly at: Date;
}

/**
 * Counts a declined payment: with its campaign, for the breaker, and with its checkout, so that a gift that comes after many is
 * looked at. A copy of the event counts nothing, as long as the checkout remembers it. Of a checkout that remembers as many as it can
 * the Session is ended: whoever tries out cards there would do so without end, at one start.
 */
export async function countDecline(
  decline: Decline,
  { table, random, now }: { readonly table: Table; readonly random: () => number; readonly now: Date },
): Promise<'counted' | 'unchanged'> {
  const { eventId, checkoutId, campaign, at } = decline;
  const guard = () => toCountChange(campaign, 'declines', at, random());
  const outcome = await commit(
    table,
    (): Changes<'guard' | 'checkout'> => ({
      guard: guard(),
      checkout: toDeclinedChange(checkoutId, eventId),
    }),
  );
  if (!outcome.committed) {
    const item = outcome.failed.get('checkout');
    if (wasDeclinedBy(item, eventId)) return 'unchanged';
    // The checkout has ended, is not there, or has remembered enough: the campaign counts all the same.
    await commit(table, () => ({ guard: guard() }));
    const objectId = triedOutSession(item);
    if (objectId) await askForRefresh(table, { object: 'session', objectId, eventId, createdAt: now });
  }
  count('PaymentDeclined', { campaign });
  return 'counted';
}
