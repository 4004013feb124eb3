import type { EntryKind, LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import type { PaymentMetadata } from '#payments/checkout/metadata.ts';

/** A balance transaction of Stripe, reduced to what the books need. Amounts are minor units; money that leaves is negative. */
export interface BalanceMovement {
  /** `txn_…`. */
  readonly id: string;
  readonly kind:
    | 'charge'
    | 'refund'
    | 'refund-failed'
    | 'dispute'
    | 'payout'
    | 'payout-failed'
    | 'fee'
    | 'other';
  readonly amount: number;
  /** The fee that Stripe took; negative when Stripe returned a fee. */
  readonly fee: number;
  readonly currency: string;
  readonly at: Date;
  /** The object that caused it: a charge, a refund, a dispute, a payout. */
  readonly sourceId: string | undefined;
  /** The payment that a charge or refund belongs to. */
  readonly paymentId: string | undefined;
  /** The fund that our own metadata of the charge names. */
  readonly fund: string | undefined;
  /** Our metadata of a charge that succeeded, when the charge is in the movement's own currency. */
  readonly ours?: PaymentMetadata | undefined;
}

/** The Stripe id by which staff see a movement: the payment of a charge, else the object that caused it. */
export function nameOf({ id, kind, sourceId, paymentId }: BalanceMovement): string {
  return (kind === 'charge' ? paymentId : undefined) ?? sourceId ?? id;
}

/**
 * What a movement cost, minor units: the fee that Stripe took, or the whole amount when the movement is itself a fee. The cost of a
 * dispute is booked with the dispute.
 */
export function feeOf({ kind, amount, fee }: BalanceMovement): number {
  if (kind === 'dispute') return 0;
  return kind === 'fee' ? fee - amount : fee;
}

/**
 * The journal entry of a movement, and what that entry changes in the account `stripe`; undefined when a movement of this kind has no
 * entry.
 */
export function entryOf(
  movement: BalanceMovement,
): { readonly sourceId: string; readonly kind: EntryKind; readonly amount: number } | undefined {
  const { id, kind, amount, sourceId, paymentId } = movement;
  switch (kind) {
    case 'charge':
      return paymentId === undefined ? undefined : { sourceId: paymentId, kind: 'payment', amount };
    case 'refund':
    case 'refund-failed':
    case 'payout':
    case 'payout-failed':
      return sourceId === undefined ? undefined : { sourceId, kind, amount };
    case 'dispute':
      // The dispute's entry includes its fee.
      return {
        sourceId: id,
        kind: amount < 0 ? 'dispute-withdrawn' : 'dispute-reinstated',
        amount: amount - movement.fee,
      };
    case 'fee':
      return { sourceId: id, kind: 'fee', amount: -feeOf(movement) };
    case 'other':
      return undefined;
  }
}

/**
 * The entry of an unassigned movement: the whole change of Stripe's balance, with the fee, so that the account `stripe` equals Stripe's
 * balance.
 */
export function unassignedEntry(movement: BalanceMovement): Omit<LedgerEntry, 'month'> {
  const { id, amount, fee, at, paymentId } = movement;
  const net = amount - fee;
  return {
    sourceId: id,
    kind: 'unassigned',
    postings: [
      { account: 'stripe', amount: net },
      { account: 'unassigned', amount: 0 - net },
    ],
    currency: 'hkd',
    at,
    ...(paymentId !== undefined && { payment: paymentId }),
  };
}
