import type { Stripe } from 'stripe';
import type { Account } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import type { FeeRate } from '../account/settings.ts';

const pendingFor = 7 * 86_400;

/** The fee of a charge in cents: the share rounded to the cent, and the fixed sum. */
export function feeOf(amount: number, rate: FeeRate): number {
  return Math.round((amount * rate.basisPoints) / 10_000) + rate.fixed;
}

/** A movement of the account's balance. Amounts are in cents; what leaves is negative. */
export interface Movement {
  readonly amount: number;
  readonly currency: string;
  readonly source: string;
  readonly type: Stripe.BalanceTransaction.Type;
  readonly category: string;
  readonly description?: string | null;
  readonly fee?: { readonly amount: number; readonly description: string };
  /** Seconds until the money can be paid out; at once when absent. */
  readonly availableIn?: number;
}

/** Writes a movement down as a balance transaction. */
export function addMovement(account: Account, movement: Movement): Stripe.BalanceTransaction {
  const { amount, currency, fee, availableIn = 0 } = movement;
  const transaction = account.store.balanceTransactions.add({
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: account.now() + availableIn,
    balance_type: 'payments',
    created: account.now(),
    currency,
    description: movement.description ?? null,
    exchange_rate: null,
    fee: fee?.amount ?? 0,
    fee_details: fee
      ? [
          {
            amount: fee.amount,
            application: null,
            currency,
            description: fee.description,
            type: 'stripe_fee',
          },
        ]
      : [],
    net: amount - (fee?.amount ?? 0),
    reporting_category: movement.category,
    source: movement.source,
    status: availableIn > 0 ? 'pending' : 'available',
    type: movement.type,
  });
  if (availableIn > 0) {
    account.later(availableIn, () => {
      transaction.status = 'available';
    });
  }
  return transaction;
}

/** Makes the balance transaction of a charge that succeeded. */
export function addBalanceTransaction(account: Account, charge: Stripe.Charge): Stripe.BalanceTransaction {
  const { fees } = account.settings;
  const methodType = charge.payment_method_details?.type;
  const rate = methodType === 'alipay' ? fees.alipay : fees.card;
  const method = typeof charge.payment_method === 'string' ? charge.payment_method : '';
  const isAtOnce = account.store.behaviours.get(method) === 'available-at-once';
  return addMovement(account, {
    amount: charge.amount_captured,
    currency: charge.currency,
    source: charge.id,
    type: methodType === 'card' ? 'charge' : 'payment',
    category: 'charge',
    description: charge.description,
    fee: { amount: feeOf(charge.amount_captured, rate), description: 'Stripe processing fees' },
    availableIn: isAtOnce ? 0 : pendingFor,
  });
}

/** `GET /v1/balance`: what is available and what is pending, by currency, less what was paid out. */
export function balanceOf(account: Account): Stripe.Balance {
  const sums = { available: new Map<string, number>(), pending: new Map<string, number>() };
  for (const { status, currency, net } of account.store.balanceTransactions.newestFirst()) {
    const sum = status === 'available' ? sums.available : sums.pending;
    sum.set(currency, (sum.get(currency) ?? 0) + net);
  }
  const currencies = new Set([...sums.available.keys(), ...sums.pending.keys(), 'hkd']);
  const entries = (sum: Map<string, number>) =>
    [...currencies].map((currency) => {
      const amount = sum.get(currency) ?? 0;
      return { amount, currency, source_types: { card: amount } };
    });
  return {
    object: 'balance',
    available: entries(sums.available),
    livemode: false,
    pending: entries(sums.pending),
  };
}
