import type { Stripe } from 'stripe';
import { type Account, noRequest, type Origin } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import type { IntentData, Session } from '../account/store.ts';
import { recordEvent } from './events.ts';

/** The PaymentIntent of a Session: made at the first attempt to pay, and the same at each further one. */
export function intentOf(
  account: Account,
  session: Session,
  origin: Origin = noRequest,
): Stripe.PaymentIntent {
  const present = account.store.paymentIntents.find(session.payment_intent);
  if (present) return present;
  const data = account.store.intentData.get(session.id);
  const intent = addIntent(
    account,
    {
      ...dataOf(data),
      amount: session.amount_total ?? 0,
      currency: session.currency ?? 'hkd',
      customer: session.customer,
      payment_method_types: [...session.payment_method_types],
    },
    origin,
  );
  session.payment_intent = intent.id;
  return intent;
}

/** Stores a new PaymentIntent with what is given, and sends its event. */
export function addIntent(
  account: Account,
  given: Pick<Stripe.PaymentIntent, 'amount' | 'currency'> & Partial<Stripe.PaymentIntent>,
  origin: Origin,
): Stripe.PaymentIntent {
  const intent = account.store.paymentIntents.add({ ...blankIntent(account), ...given });
  recordEvent(account, 'payment_intent.created', intent, origin);
  return intent;
}

/** The Checkout Session that a PaymentIntent belongs to, if one made it. */
export function sessionOf(account: Account, intent: Stripe.PaymentIntent): Session | undefined {
  return account.store.sessions.newestFirst().find((session) => session.payment_intent === intent.id);
}

function dataOf(data: IntentData | undefined): Partial<Stripe.PaymentIntent> {
  if (!data) return {};
  return {
    description: data.description,
    metadata: { ...data.metadata },
    receipt_email: data.receiptEmail,
    setup_future_usage: data.setupFutureUsage,
    shipping: data.shipping,
    statement_descriptor: data.statementDescriptor,
    statement_descriptor_suffix: data.statementDescriptorSuffix,
  };
}

function blankIntent(account: Account): Omit<Stripe.PaymentIntent, 'amount' | 'currency'> {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_${newId('secret')}`,
    confirmation_method: 'automatic',
    created: account.now(),
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}
