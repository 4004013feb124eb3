import Stripe from 'stripe';
import { subjectPath } from '#payments/received/subject.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { type Deadline, inTime } from '#platform/stripe/deadline.ts';
import { logRefusals } from '#platform/stripe/log-refusals.ts';
import type { Checkout, CheckoutLine } from './checkout.ts';
import { fromMetadata, type PaymentMetadata, toMetadata } from './metadata.ts';

/** Why Stripe did not make a Session. */
export type StripeFailure = 'unavailable' | 'in-progress';

/** Thrown when Stripe cannot be reached, is limiting us, or works on the same request already; a retry can help. */
export class StripeUnavailableError extends Error {
  override readonly name = 'StripeUnavailableError';
  readonly failure: StripeFailure;

  constructor(failure: StripeFailure, cause: unknown) {
    super('Stripe did not answer the call.', { cause });
    this.failure = failure;
  }
}

/**
 * A client of Stripe's API: 8 seconds a call, one retry.
 * @param base where to send calls instead of Stripe, for example `http://127.0.0.1:12111`
 * @param deadline when a donor waits for all calls together: then none is retried
 */
export function openStripe(
  secretKey: string,
  base = process.env.STRIPE_API_BASE,
  deadline?: Deadline,
): Stripe {
  const url = base ? new URL(base) : undefined;
  return new Stripe(secretKey, {
    timeout: 8000,
    maxNetworkRetries: deadline ? 0 : 1,
    httpClient: logRefusals(inTime(deadline)),
    telemetry: false,
    ...(url && {
      host: url.hostname,
      port: Number(url.port) || (url.protocol === 'http:' ? 80 : 443),
      protocol: url.protocol === 'http:' ? 'http' : 'https',
    }),
  });
}

/** What a Session is made of. */
export interface SessionWanted {
  readonly checkout: Checkout;
  /** The donor's address, so that Stripe does not ask again. */
  readonly email: string;
  /** What the payment page calls a line, in the donor's language. */
  readonly titleOf: (line: CheckoutLine) => string;
}

/**
 * Makes a checkout's Session. What is sent follows from the stored checkout and the titles and goes under its key, so a repetition
 * gets the same Session and never a second one; when a title was edited between, Stripe refuses it, and the donor starts again.
 *
 * @throws StripeUnavailableError when trying again can help, Problem `invalid` when Stripe does not take the address,
 * `checkout-over`
 */
export async function createSession(
  { checkout, email, titleOf }: SessionWanted,
  { stripe }: Pick<Context, 'stripe'>,
): Promise<{ id: string; url: string }> {
  try {
    const session = await stripe.checkout.sessions.create(sessionParameters({ checkout, email, titleOf }), {
      // A checkout that was made anew, after Stripe refused its address, is another call.
      idempotencyKey: `${checkout.id}/${checkout.createdAt.getTime()}`,
    });
    if (!session.url) throw new Error(`Session ${session.id} has no page.`);
    return { id: session.id, url: session.url };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.statusCode === 409) {
      throw new StripeUnavailableError('in-progress', error);
    }
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.param === 'customer_email') {
      const detail = 'The card payment service does not take this e-mail address.';
      throw new Problem('invalid', detail, { errors: [{ pointer: '/email', detail }] });
    }
    if (error instanceof Stripe.errors.StripeIdempotencyError) {
      throw new Problem('checkout-over', 'This checkout is over; start again under a new Idempotency-Key.');
    }
    if (isPassing(error)) throw new StripeUnavailableError('unavailable', error);
    throw error;
  }
}

/**
 * Ends a Session, so that it cannot be paid.
 * @returns `ended`, also when it had ended before; `complete` when the donor was faster; `unknown` when Stripe does not answer
 */
export async function endSession(
  sessionId: string,
  { stripe }: Pick<Context, 'stripe'>,
): Promise<'ended' | 'complete' | 'unknown'> {
  try {
    await stripe.checkout.sessions.expire(sessionId);
    return 'ended';
  } catch (error) {
    if (isPassing(error)) return 'unknown';
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  }
  const payment = await sessionPayment(sessionId, { stripe });
  return payment === 'incomplete' ? 'ended' : payment;
}

/**
 * Whether a Session was paid, or its payment is under way. A donor waits for the answer, so it is asked for once and for three seconds.
 * @returns `unknown` when Stripe does not answer
 */
export async function sessionPayment(
  sessionId: string,
  { stripe }: Pick<Context, 'stripe'>,
): Promise<'complete' | 'incomplete' | 'unknown'> {
  try {
    const options = { timeout: 3000, maxNetworkRetries: 0 };
    const { status } = await stripe.checkout.sessions.retrieve(sessionId, {}, options);
    return status === 'complete' ? 'complete' : 'incomplete';
  } catch (error) {
    if (isPassing(error)) return 'unknown';
    throw error;
  }
}

/** Whether a call failed in a way that can pass: trying again can help, at once or once the charity has mended its key. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError ||
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    error instanceof Stripe.errors.StripeRateLimitError
  );
}

function sessionParameters({ checkout, email, titleOf }: SessionWanted): Stripe.Checkout.SessionCreateParams {
  const metadata = toMetadata(checkout);
  const prefix = checkout.language === 'zh-HK' ? '/zh' : '';
  const page = `${checkout.site}${prefix}`;
  return {
    mode: 'payment',
    submit_type: 'donate',
    locale: checkout.language,
    client_reference_id: checkout.id,
    customer_email: email,
    line_items: checkout.lines.map((line) => ({
      quantity: 1,
      price_data: {
        currency: checkout.currency,
        unit_amount: line.amount,
        product_data: { name: titleOf(line) },
      },
    })),
    metadata,
    payment_intent_data: { metadata },
    adaptive_pricing: { enabled: false },
    expires_at: Math.floor(checkout.expiresAt.getTime() / 1000),
    success_url: `${page}/thanks/${checkout.id}`,
    cancel_url: `${page}${subjectPath(checkout.subject)}?checkout=${checkout.id}`,
  };
}

/** Our metadata of a payment, and whether it stands with the invoice that the payment belongs to. */
export type OurMetadata = PaymentMetadata & { readonly throughInvoice: boolean };

/**
 * Asks Stripe whose a payment is: this is the only place that says so. A payment of a plan carries no metadata of its own; its invoice
 * holds the subscription's, as it was when the invoice was finalized.
 *
 * @param asked.own the payment's own metadata, where the caller has it
 * @returns undefined for another product's, and for one that Stripe does not know
 */
export async function ourMetadata(
  asked: { readonly paymentId: string; readonly own?: Record<string, string> | null },
  { stripe }: Pick<Context, 'stripe'>,
): Promise<OurMetadata | undefined> {
  const { paymentId } = asked;
  const own = 'own' in asked ? asked.own : await ownMetadata(paymentId, { stripe });
  if (own === undefined) return undefined;
  const ours = fromMetadata(own);
  if (ours) return { ...ours, throughInvoice: false };
  const payment = { type: 'payment_intent', payment_intent: paymentId } as const;
  const { data } = await stripe.invoicePayments.list({ payment, limit: 1, expand: ['data.invoice'] });
  const invoice = data[0]?.invoice;
  if (typeof invoice !== 'object' || invoice.deleted) return undefined;
  const ofPlan = fromMetadata(invoice.parent?.subscription_details?.metadata);
  return ofPlan && { ...ofPlan, throughInvoice: true };
}

/** A payment's own metadata; undefined when Stripe knows no such payment. */
async function ownMetadata(
  paymentId: string,
  { stripe }: Pick<Context, 'stripe'>,
): Promise<Record<string, string> | undefined> {
  try {
    return (await stripe.paymentIntents.retrieve(paymentId)).metadata;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') {
      return undefined;
    }
    throw error;
  }
}

/** Stripe gives at most a hundred events a page. */
const eventsAPage = 100;

/**
 * Reads Stripe's events of some types, newest first, page after page.
 * @param filter.until events before it; all up to now when absent
 * @param filter.undelivered only those that no 2xx answered yet
 */
export function listEvents(
  filter: {
    readonly types: readonly string[];
    readonly since: Date;
    readonly until?: Date;
    readonly undelivered?: true;
  },
  { stripe }: Pick<Context, 'stripe'>,
): AsyncIterable<Stripe.Event> {
  const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000);
  return stripe.events.list({
    types: [...filter.types],
    created: { gte: seconds(filter.since), ...(filter.until && { lt: seconds(filter.until) }) },
    limit: eventsAPage,
    ...(filter.undelivered && { delivery_success: false }),
  });
}
