import type { Hono } from 'hono';
import type { Stripe } from 'stripe';
import type { Account } from '../account/account.ts';
import { balanceOf } from '../objects/balance-transactions.ts';
import {
  cancelPayout,
  createPayout,
  createPayoutFields,
  updatePayout,
  updatePayoutFields,
} from '../objects/payouts.ts';
import { invalidRequest, resourceMissing } from '../protocol/errors.ts';
import { type ApiEnvironment, operation } from '../protocol/operation.ts';
import { isWithin, timeRange } from '../protocol/pagination.ts';
import { text } from '../protocol/parameters.ts';
import { found, listOf, onlyExpand, retrieve } from './reading.ts';

/** The balance, its transactions, and the payouts that empty it. */
export function addBalanceRoutes(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  const payout = (id: string) => found(store.payouts, 'payout', id);
  api.get(
    '/balance',
    operation(account, { readers: onlyExpand, kind: 'balance' }, () => balanceOf(account)),
  );
  api.get(
    '/balance_transactions/:id',
    retrieve(account, 'balance_transaction', store.balanceTransactions, 'balance transaction'),
  );
  api.get(
    '/balance_transactions',
    listOf<Stripe.BalanceTransaction>(account, {
      kind: 'balance_transaction',
      items: store.balanceTransactions,
      same: ['currency', 'source', 'type'],
      readers: { payout: automaticPayout(account) },
      where: ({ id }, { payout: wanted }) => wanted === undefined || store.payoutOf.get(id) === wanted,
    }),
  );
  api.post(
    '/payouts',
    operation(account, { readers: createPayoutFields, kind: 'payout' }, ({ input, origin }) =>
      createPayout(account, input, origin),
    ),
  );
  api.get(
    '/payouts',
    listOf<Stripe.Payout>(account, {
      kind: 'payout',
      items: store.payouts,
      same: ['status', 'destination'],
      readers: { arrival_date: timeRange },
      where: ({ arrival_date }, input) =>
        isWithin(arrival_date, input.arrival_date as ReturnType<typeof timeRange> | undefined),
    }),
  );
  api.get('/payouts/:id', retrieve(account, 'payout', store.payouts));
  api.post(
    '/payouts/:id',
    operation(account, { readers: updatePayoutFields, kind: 'payout' }, ({ id, input, origin }) =>
      updatePayout(account, payout(id), input, origin),
    ),
  );
  api.post(
    '/payouts/:id/cancel',
    operation(account, { readers: onlyExpand, kind: 'payout' }, ({ id, origin }) =>
      cancelPayout(account, payout(id), origin),
    ),
  );
}

/** Reads a payout's id. Only automatic payouts know which transactions they took. */
function automaticPayout(account: Account) {
  const read = text();
  return (...given: Parameters<typeof read>): string => {
    const id = read(...given);
    const payout = account.store.payouts.find(id);
    if (!payout) throw resourceMissing('payout', id, 'payout');
    if (!payout.automatic) {
      throw invalidRequest(
        'Balance transaction history can only be filtered on automatic payouts, not manual.',
        'payout',
      );
    }
    return id;
  };
}
