import { type Account, noRequest, type Origin } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import type { LineItem, Session } from '../account/store.ts';
import { invalidRequest, notSupported, resourceMissing } from '../protocol/errors.ts';
import { need } from '../protocol/parameters.ts';
import { shippingOf } from './address.ts';
import type { CreateSession } from './checkout-session-parameters.ts';
import { recordEvent } from './events.ts';
import { makeLineItems, totalOf } from './line-items.ts';

const shortestLife = 30 * 60;
const longestLife = 24 * 3600;

/** `POST /v1/checkout/sessions` in payment mode: stores an open Session and plans its expiry. */
export function createSession(account: Account, input: CreateSession): Session {
  checkMode(input);
  const items = makeLineItems(account, input.line_items);
  const customer = findCustomer(account, input);
  const successUrl = need(input.success_url, 'success_url');
  const expiresAt = input.expires_at ?? account.now() + longestLife;
  checkExpiry(account, expiresAt);
  const session = account.store.sessions.add({
    ...blankSession(account, items),
    adaptive_pricing: { enabled: input.adaptive_pricing?.enabled ?? true },
    allowed_payment_method_types: input.allowed_payment_method_types ?? null,
    billing_address_collection: input.billing_address_collection ?? null,
    cancel_url: input.cancel_url ?? null,
    client_reference_id: input.client_reference_id ?? null,
    custom_text: customTextOf(input.custom_text),
    customer: customer?.id ?? null,
    customer_creation: customer ? null : (input.customer_creation ?? 'if_required'),
    customer_details: emailDetails(input.customer_email ?? customer?.email ?? null),
    customer_email: input.customer_email ?? null,
    expires_at: expiresAt,
    locale: input.locale ?? null,
    metadata: input.metadata ?? {},
    origin_context: input.origin_context ?? null,
    payment_method_types: input.payment_method_types ??
      input.allowed_payment_method_types ?? ['card', 'alipay'],
    submit_type: input.submit_type ?? null,
    success_url: successUrl,
  });
  remember(account, session, items, input);
  return session;
}

/** `POST /v1/checkout/sessions/{id}/expire`: only an open Session can be expired. */
export function expireSession(account: Account, session: Session, origin: Origin): Session {
  if (session.status !== 'open') {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Session has a status of \`${session.status}\`.`,
    );
  }
  session.status = 'expired';
  session.url = null;
  recordEvent(account, 'checkout.session.expired', session, origin);
  return session;
}

function checkMode(input: CreateSession): void {
  const mode = need(input.mode, 'mode');
  if (mode !== 'payment') {
    if (input.submit_type === 'donate') {
      throw invalidRequest('You can only pass `submit_type: donate` in `payment` mode.', 'submit_type');
    }
    throw notSupported(`Checkout Sessions in ${mode} mode`, 'mode');
  }
  if (input.submit_type === 'subscribe') {
    throw invalidRequest('You can only pass `submit_type: subscribe` in `subscription` mode.', 'submit_type');
  }
  const uiMode = input.ui_mode ?? 'hosted_page';
  if (uiMode !== 'hosted_page') throw notSupported(`the ui_mode ${uiMode}`, 'ui_mode');
}

function findCustomer(account: Account, input: CreateSession) {
  if (input.customer === undefined) return undefined;
  if (input.customer_email !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: customer, customer_email.',
      'customer_email',
    );
  }
  if (input.customer_creation !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: customer, customer_creation.',
      'customer_creation',
    );
  }
  const customer = account.store.customers.find(input.customer);
  if (!customer) throw resourceMissing('customer', input.customer, 'customer');
  return customer;
}

function checkExpiry(account: Account, expiresAt: number): void {
  const life = expiresAt - account.now();
  if (life < shortestLife) {
    throw invalidRequest(
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      'expires_at',
    );
  }
  if (life > longestLife) {
    throw invalidRequest(
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      'expires_at',
    );
  }
}

function customTextOf(given: CreateSession['custom_text']): Session['custom_text'] {
  const messageOf = (name: keyof NonNullable<typeof given>) => {
    const entry = given?.[name];
    return entry ? { message: need(entry.message, `custom_text[${name}][message]`) } : null;
  };
  return {
    after_submit: messageOf('after_submit'),
    shipping_address: messageOf('shipping_address'),
    submit: messageOf('submit'),
    terms_of_service_acceptance: messageOf('terms_of_service_acceptance'),
  };
}

function emailDetails(email: string | null): Session['customer_details'] {
  if (email === null) return null;
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: null,
  };
}

function remember(account: Account, session: Session, items: LineItem[], input: CreateSession): void {
  const data = input.payment_intent_data;
  account.store.lineItems.set(session.id, items);
  account.store.intentData.set(session.id, {
    metadata: data?.metadata ?? {},
    description: data?.description ?? null,
    receiptEmail: data?.receipt_email ?? null,
    shipping: shippingOf(data?.shipping, 'payment_intent_data[shipping]'),
    setupFutureUsage: data?.setup_future_usage ?? null,
    statementDescriptor: data?.statement_descriptor ?? null,
    statementDescriptorSuffix: data?.statement_descriptor_suffix ?? null,
  });
  planExpiry(account, session);
}

function planExpiry(account: Account, session: Session): void {
  account.later(session.expires_at - account.now(), () => {
    if (session.status === 'open') expireSession(account, session, noRequest);
  });
}

function blankSession(account: Account, items: readonly LineItem[]) {
  const id = newId('cs_test', 58);
  const total = totalOf(items);
  return {
    id,
    object: 'checkout.session',
    after_expiration: null,
    allow_promotion_codes: null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    branding_settings: {
      background_color: '#ffffff',
      border_style: 'rounded',
      button_color: '#0d6b57',
      display_name: account.name,
      font_family: 'default',
      icon: null,
      logo: null,
    },
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: account.now(),
    currency: items[0]?.currency ?? null,
    currency_conversion: null,
    custom_fields: [],
    customer_account: null,
    discounts: [],
    integration_identifier: null,
    invoice: null,
    invoice_creation: {
      enabled: false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: null,
        metadata: {},
        rendering_options: null,
      },
    },
    livemode: false,
    managed_payments: null,
    mode: 'payment',
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    subscription: null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: account.url(`/c/pay/${id}`),
    wallet_options: null,
  } satisfies Partial<Session>;
}
