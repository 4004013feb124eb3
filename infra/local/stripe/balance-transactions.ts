import type { Stripe } from 'stripe';
import type { Account } from './account.ts';
import { newId } from './ids.ts';
import type { FeeRate } from './settings.ts';

/** The fee of a charge in cents: the share rounded to the cent, and the fixed sum. */
export function feeOf(amount: number, rate: FeeRate): number {
  return Math.round((amount * rate.basisPoints) / 10_000) + rate.fixed;
}

/** Makes the balance transaction of a charge that succeeded. */
export function addBalanceTransaction(account: Account, charge: Stripe.Charge): Stripe.BalanceTransaction {
  const { fees } = account.settings;
  const rate = charge.payment_method_details?.type === 'alipay' ? fees.alipay : fees.card;
  const fee = feeOf(charge.amount, rate);
  return account.store.balanceTransactions.add({
    id: newId('txn'),
    object: 'balance_transaction',
    amount: charge.amount,
    available_on: account.now() + 7 * 86_400,
    balance_type: 'payments',
    created: account.now(),
    currency: charge.currency,
    description: charge.description,
    exchange_rate: null,
    fee,
    fee_details: [
      {
        amount: fee,
        application: null,
        currency: charge.currency,
        description: 'Stripe processing fees',
        type: 'stripe_fee',
      },
    ],
    net: charge.amount - fee,
    reporting_category: 'charge',
    source: charge.id,
    status: 'pending',
    type: 'charge',
  });
}
