import { hongKongMonth } from '../platform/clock.ts';
import { keys, lists } from '../table/keys.ts';
import type { Item } from '../table/table.ts';

/** Something that the software cannot settle alone. */
export interface Attention {
  readonly kind:
    | 'booking-mismatch'
    | 'parked-with-our-key'
    | 'mail-stopped'
    | 'mail-problem'
    | 'refund-above-left'
    | 'refund-failed'
    | 'refund-mismatch'
    | 'refund-parked'
    | 'refund-stuck'
    | 'dispute-opened'
    | 'dispute-due'
    | 'dispute-unknown-charge'
    | 'early-fraud-warning'
    | 'refresh-stopped'
    | 'unknown-charge'
    | 'payout-differs'
    | 'payout-by-hand'
    | 'payout-failed'
    | 'books-differ'
    | 'checkout-repaired';
  /** The payment, refund, request, payout, outbox key or Stripe's object it is about. */
  readonly id: string;
  /** Undefined for what belongs to no checkout of ours, or not yet. */
  readonly checkoutId?: string | undefined;
  /** The payment, where `id` is another object's. */
  readonly paymentId?: string | undefined;
  readonly at: Date;
  /** A word that says why, where the kind alone does not. */
  readonly reason?: string;
  /** Until when a person can do something about it. */
  readonly dueBy?: Date | undefined;
}

/** The item of something a person has to look at; it stands in the list of its month. */
export function toAttentionItem(attention: Attention): Item {
  return {
    ...keys.attention(attention.kind, attention.id),
    entity: 'attention',
    v: 1,
    kind: attention.kind,
    id: attention.id,
    ...(attention.checkoutId && { checkoutId: attention.checkoutId }),
    ...(attention.paymentId && { paymentId: attention.paymentId }),
    ...(attention.reason && { reason: attention.reason }),
    ...(attention.dueBy && { dueBy: attention.dueBy.toISOString() }),
    at: attention.at.toISOString(),
    list: lists.attention(hongKongMonth(attention.at)),
    listOrder: attention.at.toISOString(),
  };
}
