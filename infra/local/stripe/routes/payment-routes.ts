import type { Hono } from 'hono';
import type { Stripe } from 'stripe';
import type { Account } from '../account/account.ts';
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  updateIntent,
} from '../objects/change-payment-intents.ts';
import {
  cancelIntentFields,
  captureIntentFields,
  confirmIntentFields,
  createIntentFields,
  createIntentFieldsOfOlderVersions,
  updateIntentFields,
} from '../objects/payment-intent-parameters.ts';
import { type ApiEnvironment, byVersion, operation } from '../protocol/operation.ts';
import { createdFields, listFields, paginate } from '../protocol/pagination.ts';
import { fields, oneOf, text, unsupported } from '../protocol/parameters.ts';
import { found, listOf, retrieve } from './reading.ts';

/** PaymentIntents and the charges they make. */
export function addPaymentRoutes(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  const kind = 'payment_intent';
  const intent = (id: string) => found(store.paymentIntents, kind, id);
  api.post(
    '/payment_intents',
    byVersion(
      operation(account, { readers: createIntentFields, kind }, ({ input, origin }) =>
        createIntent(account, input, origin),
      ),
      operation(account, { readers: createIntentFieldsOfOlderVersions, kind }, ({ input, origin }) =>
        createIntent(account, input, origin),
      ),
    ),
  );
  api.get(
    '/payment_intents',
    listOf<Stripe.PaymentIntent>(account, {
      kind,
      items: store.paymentIntents,
      same: ['customer'],
      readers: { customer_account: unsupported },
    }),
  );
  // There are no invoices here, so no payment belongs to one.
  api.get(
    '/invoice_payments',
    operation(
      account,
      {
        readers: {
          ...listFields,
          ...createdFields,
          invoice: text(),
          payment: fields({ payment_intent: text(), payment_record: text(), type: text() }),
          status: oneOf('canceled', 'open', 'paid'),
        },
        kind: 'invoice_payment',
        isList: true,
      },
      ({ input, path }) => paginate<Stripe.InvoicePayment>([], input, path),
    ),
  );
  api.get('/payment_intents/:id', retrieve(account, kind, store.paymentIntents));
  api.post(
    '/payment_intents/:id',
    operation(account, { readers: updateIntentFields, kind }, ({ id, input }) =>
      updateIntent(account, intent(id), input),
    ),
  );
  api.post(
    '/payment_intents/:id/confirm',
    operation(account, { readers: confirmIntentFields, kind }, ({ id, input, origin }) =>
      confirmIntent(account, intent(id), input, origin),
    ),
  );
  api.post(
    '/payment_intents/:id/capture',
    operation(account, { readers: captureIntentFields, kind }, ({ id, input, origin }) =>
      captureIntent(account, intent(id), input, origin),
    ),
  );
  api.post(
    '/payment_intents/:id/cancel',
    operation(account, { readers: cancelIntentFields, kind }, ({ id, input, origin }) =>
      cancelIntent(account, intent(id), input, origin),
    ),
  );
  api.get('/charges/:id', retrieve(account, 'charge', store.charges));
  api.get(
    '/charges',
    listOf<Stripe.Charge>(account, {
      kind: 'charge',
      items: store.charges,
      same: ['customer', 'payment_intent'],
      readers: { transfer_group: unsupported },
    }),
  );
}
