import { Hono } from 'hono';
import type { Account } from './account.ts';
import { createPrice, createPriceFields, createProduct, createProductFields } from './catalogue.ts';
import {
  createSessionFields,
  createSessionFieldsOfOlderVersions,
  listSessionFields,
} from './checkout-session-parameters.ts';
import { createSession, expireSession } from './checkout-sessions.ts';
import { createCustomer, createCustomerFields } from './customers.ts';
import { resourceMissing, unknownPath } from './errors.ts';
import { matchesFilter } from './events.ts';
import type { Kind } from './expand.ts';
import { type ApiEnvironment, operation } from './operation.ts';
import { createdFields, isWithin, listFields, paginate } from './pagination.ts';
import { boolean, list, oneOf, text, unsupported } from './parameters.ts';
import { createPaymentMethod, createPaymentMethodFields } from './payment-methods.ts';
import { confirmPaymentPage, confirmPaymentPageFields, paymentPage } from './payment-pages.ts';
import { authenticate, checkVersion, identify, replayAnswers } from './request-rules.ts';
import type { Collection } from './store.ts';
import type { Webhooks } from './webhooks.ts';

const onlyExpand = { expand: list(text()) };

/** The API below `/v1`: one-off Checkout payments and what stands behind them. */
export function createApi(account: Account, webhooks: Webhooks, secretKey: string): Hono<ApiEnvironment> {
  const api = new Hono<ApiEnvironment>();
  api.use(identify(account), authenticate(secretKey), checkVersion(account), replayAnswers(account));
  addSessions(api, account);
  addPayments(api, account);
  addEvents(api, account, webhooks);
  api.all('*', (context) => {
    throw unknownPath(context.req.method, context.req.path);
  });
  return api;
}

function addSessions(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  const kind = 'checkout.session';
  const create = operation(account, { readers: createSessionFields, kind }, ({ input }) =>
    createSession(account, input),
  );
  const createAsOlder = operation(
    account,
    { readers: createSessionFieldsOfOlderVersions, kind },
    ({ input }) => createSession(account, input),
  );
  api.post('/checkout/sessions', (context) =>
    context.get('isPinnedVersion') ? create(context) : createAsOlder(context),
  );
  const readers = { ...listFields, ...createdFields, ...listSessionFields };
  api.get(
    '/checkout/sessions',
    operation(account, { readers, kind, isList: true }, ({ input, path }) => {
      const sessions = store.sessions
        .newestFirst()
        .filter((session) => isWithin(session.created, input.created))
        .filter((session) => input.customer === undefined || session.customer === input.customer)
        .filter((session) => input.status === undefined || session.status === input.status)
        .filter((session) => {
          return input.payment_intent === undefined || session.payment_intent === input.payment_intent;
        })
        .filter((session) => {
          const email = input.customer_details?.email;
          return email === undefined || session.customer_details?.email === email;
        });
      return paginate(sessions, input, path);
    }),
  );
  api.get('/checkout/sessions/:id', retrieve(account, kind, store.sessions, kind));
  api.post(
    '/checkout/sessions/:id/expire',
    operation(account, { readers: onlyExpand, kind }, ({ id, origin }) =>
      expireSession(account, found(store.sessions, 'checkout.session', id), origin),
    ),
  );
  api.get(
    '/checkout/sessions/:id/line_items',
    operation(account, { readers: listFields, kind: 'item', isList: true }, ({ id, input, path }) => {
      const session = found(store.sessions, 'checkout.session', id);
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
    operation(account, { readers: confirmPaymentPageFields, kind }, ({ id, input }) =>
      confirmPaymentPage(account, found(store.sessions, 'payment_page', id), input),
    ),
  );
}

function addPayments(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  const ofCustomer = { ...listFields, ...createdFields, customer: text(), customer_account: unsupported };
  api.get(
    '/payment_intents/:id',
    retrieve(account, 'payment_intent', store.paymentIntents, 'payment_intent'),
  );
  api.get(
    '/payment_intents',
    operation(account, { readers: ofCustomer, kind: 'payment_intent', isList: true }, ({ input, path }) => {
      const intents = store.paymentIntents
        .newestFirst()
        .filter((intent) => isWithin(intent.created, input.created))
        .filter((intent) => input.customer === undefined || intent.customer === input.customer);
      return paginate(intents, input, path);
    }),
  );
  api.get('/charges/:id', retrieve(account, 'charge', store.charges, 'charge'));
  const chargeReaders = {
    ...listFields,
    ...createdFields,
    customer: text(),
    payment_intent: text(),
    transfer_group: unsupported,
  };
  api.get(
    '/charges',
    operation(account, { readers: chargeReaders, kind: 'charge', isList: true }, ({ input, path }) => {
      const charges = store.charges
        .newestFirst()
        .filter((charge) => isWithin(charge.created, input.created))
        .filter((charge) => input.customer === undefined || charge.customer === input.customer)
        .filter((charge) => {
          return input.payment_intent === undefined || charge.payment_intent === input.payment_intent;
        });
      return paginate(charges, input, path);
    }),
  );
  addBalance(api, account);
  api.get('/products/:id', retrieve(account, 'product', store.products, 'product'));
  api.post(
    '/products',
    operation(account, { readers: createProductFields, kind: 'product' }, ({ input }) =>
      createProduct(account, input),
    ),
  );
  api.get('/prices/:id', retrieve(account, 'price', store.prices, 'price'));
  api.post(
    '/prices',
    operation(account, { readers: createPriceFields, kind: 'price' }, ({ input }) =>
      createPrice(account, input),
    ),
  );
  api.get('/customers/:id', retrieve(account, 'customer', store.customers, 'customer'));
  api.post(
    '/customers',
    operation(account, { readers: createCustomerFields, kind: 'customer' }, ({ input, origin }) =>
      createCustomer(account, input, origin),
    ),
  );
  api.get('/payment_methods/:id', retrieve(account, 'payment_method', store.paymentMethods, 'PaymentMethod'));
  api.post(
    '/payment_methods',
    operation(account, { readers: createPaymentMethodFields, kind: 'payment_method' }, ({ input }) =>
      createPaymentMethod(account, input),
    ),
  );
}

function addBalance(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  const kind = 'balance_transaction';
  const readers = {
    ...listFields,
    ...createdFields,
    currency: text(3),
    payout: unsupported,
    source: text(),
    type: oneOf('charge'),
  };
  api.get(
    '/balance_transactions/:id',
    retrieve(account, kind, store.balanceTransactions, 'balance transaction'),
  );
  api.get(
    '/balance_transactions',
    operation(account, { readers, kind, isList: true }, ({ input, path }) => {
      const transactions = store.balanceTransactions
        .newestFirst()
        .filter((transaction) => isWithin(transaction.created, input.created))
        .filter((transaction) => input.currency === undefined || transaction.currency === input.currency)
        .filter((transaction) => input.source === undefined || transaction.source === input.source);
      return paginate(transactions, input, path);
    }),
  );
}

function addEvents(api: Hono<ApiEnvironment>, account: Account, webhooks: Webhooks): void {
  const { store } = account;
  const readers = {
    ...listFields,
    ...createdFields,
    delivery_success: boolean,
    type: text(),
    types: list(text(), 20),
  };
  api.get('/events/:id', retrieve(account, 'event', store.events, 'event'));
  api.get(
    '/events',
    operation(account, { readers, kind: 'event', isList: true }, ({ input, path }) => {
      const events = store.events
        .newestFirst()
        .filter((event) => isWithin(event.created, input.created) && matchesFilter(event, input));
      return paginate(events, input, path);
    }),
  );
  api.post(
    '/events/:id/retry',
    operation(account, { readers: { ...onlyExpand, webhook_endpoint: text() }, kind: 'event' }, ({ id }) => {
      const event = found(store.events, 'event', id);
      webhooks.sendLater(event, 0);
      return event;
    }),
  );
}

function retrieve<T extends { readonly id: string }>(
  account: Account,
  kind: Kind,
  collection: Collection<T>,
  name: string,
) {
  return operation(account, { readers: onlyExpand, kind }, ({ id }) => found(collection, name, id));
}

function found<T extends { readonly id: string }>(collection: Collection<T>, name: string, id: string): T {
  const item = collection.find(id);
  if (!item) throw resourceMissing(name, id);
  return item;
}
