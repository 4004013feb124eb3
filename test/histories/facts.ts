import type Stripe from 'stripe';
import type { History, PaidGift } from './history.ts';

/** Money that moved at Stripe: one of its balance transactions, with the payment that it belongs to. Minor units. */
export interface Movement {
  readonly id: string;
  readonly type: 'charge' | 'refund' | 'refund_failure' | 'dispute' | 'payout' | 'payout_failure';
  readonly amount: number;
  readonly fee: number;
  readonly at: Date;
  /** The charge, refund, dispute or payout. */
  readonly sourceId: string;
  readonly paymentId: string | undefined;
}

/** All that happened outside of our books, in the order of time. */
export interface Facts {
  readonly gifts: readonly PaidGift[];
  readonly received: History['received'];
  readonly movements: readonly Movement[];
  readonly refunds: readonly Stripe.Refund[];
  readonly disputes: readonly Stripe.Dispute[];
  readonly payouts: readonly Stripe.Payout[];
  readonly passedOn: History['disbursed'];
}

/** Reads at Stripe what happened. */
export async function readFacts({ truth, gifts, received, disbursed: passedOn }: History): Promise<Facts> {
  const [transactions, refunds, disputes, payouts] = await Promise.all([
    truth.balanceTransactions.list({ limit: 100, expand: ['data.source'] }),
    truth.refunds.list({ limit: 100 }),
    truth.disputes.list({ limit: 100 }),
    truth.payouts.list({ limit: 100 }),
  ]);
  return {
    gifts,
    received,
    passedOn,
    movements: transactions.data.reverse().map(toMovement),
    refunds: refunds.data.reverse(),
    disputes: disputes.data.reverse(),
    payouts: payouts.data.reverse(),
  };
}

function toMovement({ id, type, amount, fee, created, source }: Stripe.BalanceTransaction): Movement {
  const stem = source as { readonly id: string; readonly payment_intent?: string | null };
  return {
    id,
    type: (type === 'adjustment' ? 'dispute' : type) as Movement['type'],
    amount,
    fee,
    at: new Date(created * 1000),
    sourceId: stem.id,
    paymentId: stem.payment_intent ?? undefined,
  };
}
