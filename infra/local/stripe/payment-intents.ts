import type { Stripe } from 'stripe';
import type { Account } from './account.ts';
import { recordEvent } from './events.ts';
import { newId } from './ids.ts';
import type { IntentData, Session } from './store.ts';

/** The PaymentIntent of a Session: made at the first attempt to pay, and the same at each further one. */
export function intentOf(account: Account, session: Session): Stripe.PaymentIntent {
  const present = account.store.paymentIntents.find(session.payment_intent);
  if (present) return present;
  const intent = account.store.paymentIntents.add(
    blankIntent(account, session, account.store.intentData.get(session.id)),
  );
  session.payment_intent = intent.id;
  recordEvent(account, 'payment_intent.created', intent);
  return intent;
}

function blankIntent(account: Account, session: Session, data: IntentData | undefined): Stripe.PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: session.amount_total ?? 0,
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
    currency: session.currency ?? 'hkd',
    customer: session.customer,
    customer_account: null,
    description: data?.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...data?.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: [...session.payment_method_types],
    payment_record: null,
    processing: null,
    receipt_email: data?.receiptEmail ?? null,
    review: null,
    setup_future_usage: null,
    shipping: data?.shipping ?? null,
    source: null,
    statement_descriptor: data?.statementDescriptor ?? null,
    statement_descriptor_suffix: data?.statementDescriptorSuffix ?? null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}
