import type { EntryKind, LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import type { PaymentMetadata } from '#payments/checkout/metadata.ts';

/** A balance transaction of Stripe's, by what it means for the books. Amounts are minor units; what leaves is negative. */
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
  /** What Stripe kept of it; negative when it was given back. */
  readonly fee: number;
  readonly currency: string;
  readonly at: Date;
  /** The object it stems from: a charge, a refund, a dispute, a payout. */
  readonly sourceId: string | undefined;
  /** The payment that a charge or refund belongs to. */
  readonly paymentId: string | undefined;
  /** The campaign that our own metadata of the charge names. */
  readonly campaign: string | undefined;
  /** All of that metadata, of a charge that was taken, and in the movement's own currency. */
  readonly ours?: PaymentMetadata | undefined;
}

/** Under which id of Stripe's a movement is named to a person: a charge's payment, else what it stems from. */
export function nameOf({ id, kind, sourceId, paymentId }: BalanceMovement): string {
  return (kind === 'charge' ? paymentId : undefined) ?? sourceId ?? id;
}

/**
 * What a movement cost, minor units: the fee that Stripe kept of it, or all of it when it is nothing but a fee. What a dispute
 * costs is booked with the dispute.
 */
export function feeOf({ kind, amount, fee }: BalanceMovement): number {
  if (kind === 'dispute') return 0;
  return kind === 'fee' ? fee - amount : fee;
}

/** The entry of the books that tells of a movement, and what it changes `stripe` by; undefined when there can be none. */
export function entryOf(
  movement: BalanceMovement,
): { readonly sourceId: string; readonly kind: EntryKind; readonly amount: number } | undefined {
  const { id, kind, amount, sourceId, paymentId } = movement;
  switch (kind) {
    case 'charge':
      return paymentId === undefined ? undefined : { sourceId: paymentId, kind: 'gift', amount };
    case 'refund':
    case 'refund-failed':
    case 'payout':
    case 'payout-failed':
      return sourceId === undefined ? undefined : { sourceId, kind, amount };
    case 'dispute':
      // The dispute's entry holds its fee too.
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
 * The entry for money that nobody has claimed: what it changed Stripe's balance by, its fee included, so that the account `stripe`
 * stays what Stripe holds.
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
