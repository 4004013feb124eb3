import type { Hono } from 'hono';
import type { Account } from '../account/account.ts';
import type { Session } from '../account/store.ts';
import {
  createSessionFields,
  createSessionFieldsOfOlderVersions,
  listSessionFields,
} from '../objects/checkout-session-parameters.ts';
import { createSession, expireSession } from '../objects/checkout-sessions.ts';
import { confirmPaymentPage, confirmPaymentPageFields, paymentPage } from '../objects/payment-pages.ts';
import { type ApiEnvironment, byVersion, operation } from '../protocol/operation.ts';
import { listFields, paginate } from '../protocol/pagination.ts';
import { found, listOf, onlyExpand, retrieve } from './reading.ts';

/** Checkout Sessions, and the pages behind them that Stripe's command line pays. */
export function addSessionRoutes(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  const kind = 'checkout.session';
  api.post(
    '/checkout/sessions',
    byVersion(
      operation(account, { readers: createSessionFields, kind }, ({ input }) =>
        createSession(account, input),
      ),
      operation(account, { readers: createSessionFieldsOfOlderVersions, kind }, ({ input }) =>
        createSession(account, input),
      ),
    ),
  );
  api.get(
    '/checkout/sessions',
    listOf<Session>(account, {
      kind,
      items: store.sessions,
      same: ['customer', 'payment_intent'],
      readers: listSessionFields,
      where: (session, { status, customer_details }) => {
        const email = (customer_details as { email?: string } | undefined)?.email;
        const isStatus = status === undefined || session.status === status;
        return isStatus && (email === undefined || session.customer_details?.email === email);
      },
    }),
  );
  api.get('/checkout/sessions/:id', retrieve(account, kind, store.sessions));
  api.post(
    '/checkout/sessions/:id/expire',
    operation(account, { readers: onlyExpand, kind }, ({ id, origin }) =>
      expireSession(account, found(store.sessions, kind, id), origin),
    ),
  );
  api.get(
    '/checkout/sessions/:id/line_items',
    operation(account, { readers: listFields, kind: 'item', isList: true }, ({ id, input, path }) => {
      const session = found(store.sessions, kind, id);
      return paginate(store.lineItems.get(session.id) ?? [], input, path);
    }),
  );
  api.get(
    '/payment_pages/:id',
    operation(account, { readers: onlyExpand, kind }, ({ id }) =>
      paymentPage(account, found(store.sessions, 'payment_page', id)),
    ),
  );
  api.post(
    '/payment_pages/:id/confirm',
    operation(account, { readers: confirmPaymentPageFields, kind }, ({ id, input, origin }) =>
      confirmPaymentPage(account, found(store.sessions, 'payment_page', id), input, origin),
    ),
  );
}
