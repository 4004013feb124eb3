import { type LedgerEntry, ledgerEntry, type Posting } from '#kernel/ledger/ledger-entry.ts';
import type { TotalsChange } from '#kernel/totals/totals.ts';
import { type Gift, isAboveGiven, isFullyReversed, reversalBetween } from '#payments/gifts/gift.ts';
import { hongKongMonth } from '#platform/clock.ts';
import type { Currency } from '#platform/money.ts';

/** The fact that Stripe refunds money, as its events and its API report it. */
export interface RefundFact {
  readonly refundId: string;
  readonly paymentId: string;
  /** Minor units, above zero. */
  readonly amount: number;
  readonly currency: Currency;
  /** Stripe's time of the refund (`refund.created`), never of arrival. */
  readonly at: Date;
  readonly status: 'pending' | 'succeeded';
  /** The staff's request that it answers, where its metadata names one. */
  readonly requestId: string | undefined;
  /** When it failed: the time of the event that says so; undefined while it has not. */
  readonly failedAt: Date | undefined;
}

/** A refund as it stands in the books. */
export interface Refund {
  readonly refundId: string;
  readonly paymentId: string;
  readonly checkoutId: string;
  readonly campaign: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly at: Date;
  /** pending → succeeded → perhaps failed, which Stripe may report weeks later; never back. */
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly requestId: string | undefined;
  readonly failedAt: Date | undefined;
}

/** What follows from a refund, or from its failure. */
export interface RefundBooking {
  readonly entry: LedgerEntry;
  readonly totals: TotalsChange;
  /** All refunds of the gift from now on. */
  readonly refunded: number;
  /**
   * Whether refunds alone reversed the whole gift, before and from now on. What disputes took does not count: it may be reported
   * before a refund or after it.
   */
  readonly wasRefunded: boolean;
  readonly isRefunded: boolean;
  /** Whether more was reversed than was given, before and from now on. */
  readonly wasAboveLeft: boolean;
  readonly isAboveLeft: boolean;
}

/** Decides what follows from a refund. It counts from its making on, pending too, in the Hong Kong month of its own time. */
export function decideRefund(gift: Gift, fact: RefundFact): RefundBooking {
  return decide(gift, gift.refunded + fact.amount, { ...fact, kind: 'refund' });
}

/** Decides what follows when a refund fails: the money is the charity's again, in the month of the failure. */
export function decideRefundFailure(gift: Gift, refund: Refund, failedAt: Date): RefundBooking {
  const { refundId, currency } = refund;
  const refunded = gift.refunded - refund.amount;
  return decide(gift, refunded, { refundId, currency, at: failedAt, kind: 'refund-failed' });
}

interface Cause {
  readonly refundId: string;
  readonly currency: Currency;
  readonly at: Date;
  readonly kind: 'refund' | 'refund-failed';
}

function decide(gift: Gift, refunded: number, { refundId, currency, at, kind }: Cause): RefundBooking {
  const money = refunded - gift.refunded;
  const { raised, cover } = reversalBetween(gift, {
    before: gift.refunded + gift.disputed,
    after: refunded + gift.disputed,
  });
  const postings: Posting[] = [
    { account: `raised:${gift.campaign}` as const, amount: raised },
    { account: 'cover' as const, amount: cover },
    { account: 'stripe' as const, amount: -money },
  ].filter(({ amount }) => amount !== 0);
  return {
    entry: ledgerEntry({
      sourceId: refundId,
      kind,
      postings,
      currency,
      at,
      payment: gift.paymentId,
      // Where all of it is fee cover, no posting names the campaign.
      ...(raised === 0 && { campaign: gift.campaign }),
    }),
    totals: {
      campaign: gift.campaign,
      month: hongKongMonth(at),
      raised: 0 - raised,
      supporters: Number(isFullyReversed(gift)) - Number(isFullyReversed({ ...gift, refunded })),
    },
    refunded,
    wasRefunded: isRefunded(gift),
    isRefunded: isRefunded({ ...gift, refunded }),
    wasAboveLeft: isAboveGiven(gift),
    isAboveLeft: isAboveGiven({ ...gift, refunded }),
  };
}

/** Whether refunds alone reversed the whole gift. */
function isRefunded({ amount, cover, refunded }: Gift): boolean {
  return refunded >= amount + cover;
}
