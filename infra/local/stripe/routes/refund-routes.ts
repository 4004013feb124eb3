import type { Hono } from 'hono';
import type { Stripe } from 'stripe';
import type { Account } from '../account/account.ts';
import { acceptDispute, answerDispute } from '../objects/answer-dispute.ts';
import { updateDisputeFields } from '../objects/dispute-evidence.ts';
import {
  cancelRefund,
  createRefund,
  createRefundFields,
  updateRefund,
  updateRefundFields,
} from '../objects/refunds.ts';
import { type ApiEnvironment, operation } from '../protocol/operation.ts';
import { found, listOf, onlyExpand, retrieve } from './reading.ts';

/** Refunds and disputes. */
export function addRefundRoutes(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  const refund = (id: string) => found(store.refunds, 'refund', id);
  const dispute = (id: string) => found(store.disputes, 'dispute', id);
  api.post(
    '/refunds',
    operation(account, { readers: createRefundFields, kind: 'refund' }, ({ input, origin }) =>
      createRefund(account, input, origin),
    ),
  );
  api.get(
    '/refunds',
    listOf<Stripe.Refund>(account, {
      kind: 'refund',
      items: store.refunds,
      same: ['charge', 'payment_intent'],
    }),
  );
  api.get('/refunds/:id', retrieve(account, 'refund', store.refunds));
  api.post(
    '/refunds/:id',
    operation(account, { readers: updateRefundFields, kind: 'refund' }, ({ id, input, origin }) =>
      updateRefund(account, refund(id), input, origin),
    ),
  );
  api.post(
    '/refunds/:id/cancel',
    operation(account, { readers: onlyExpand, kind: 'refund' }, ({ id }) => cancelRefund(refund(id))),
  );
  api.get(
    '/disputes',
    listOf<Stripe.Dispute>(account, {
      kind: 'dispute',
      items: store.disputes,
      same: ['charge', 'payment_intent'],
    }),
  );
  api.get('/disputes/:id', retrieve(account, 'dispute', store.disputes));
  api.post(
    '/disputes/:id',
    operation(account, { readers: updateDisputeFields, kind: 'dispute' }, ({ id, input, origin }) =>
      answerDispute(account, dispute(id), input, origin),
    ),
  );
  api.post(
    '/disputes/:id/close',
    operation(account, { readers: onlyExpand, kind: 'dispute' }, ({ id, origin }) =>
      acceptDispute(account, dispute(id), origin),
    ),
  );
}
