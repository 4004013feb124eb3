import type Stripe from 'stripe';
import { fromSeconds } from '#platform/clock.ts';
import { isOfBooks } from '#platform/money.ts';

/** Stripe gives at most a hundred objects a page. */
const aPage = 100;

/** A time within which objects were made: from the first moment on, before the second. */
interface Window {
  readonly from: Date;
  readonly until: Date;
}

/** Stripe's filter by time of creation. */
function madeIn({ from, until }: Window): { readonly gte: number; readonly lt: number } {
  return { gte: Math.floor(from.getTime() / 1000), lt: Math.floor(until.getTime() / 1000) };
}

/** A refund as Stripe lists it now. */
export interface ListedRefund {
  readonly id: string;
  readonly paymentId: string | undefined;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly at: Date;
  /** Whether its money came back, because it failed or was canceled. */
  readonly hasFailed: boolean;
}

/** Reads the refunds that were made within a time, newest first, page after page. */
export async function* listRefunds(stripe: Stripe, window: Window): AsyncGenerator<ListedRefund> {
  for await (const refund of stripe.refunds.list({ created: madeIn(window), limit: aPage })) {
    const { id, amount, currency, created, status, payment_intent: payment } = refund;
    yield {
      id,
      paymentId: idOf(payment),
      amount,
      currency,
      at: fromSeconds(created),
      hasFailed: status === 'failed' || status === 'canceled',
    };
  }
}

/** A dispute as Stripe lists it now. */
export interface ListedDispute {
  readonly id: string;
  readonly paymentId: string | undefined;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly status: string;
  readonly at: Date;
}

/** Reads the disputes that were opened within a time, newest first, page after page. */
export async function* listDisputes(stripe: Stripe, window: Window): AsyncGenerator<ListedDispute> {
  for await (const dispute of stripe.disputes.list({ created: madeIn(window), limit: aPage })) {
    const { id, amount, currency, status, created, payment_intent: payment } = dispute;
    yield { id, paymentId: idOf(payment), amount, currency, status, at: fromSeconds(created) };
  }
}

/** What Stripe holds for us, available and pending together: in the books' currency, and what it holds in others. Minor units. */
export async function readBalance(
  stripe: Stripe,
): Promise<{ readonly held: number; readonly others: ReadonlyMap<string, number> }> {
  const { available, pending } = await stripe.balance.retrieve();
  const others = new Map<string, number>();
  let held = 0;
  for (const { amount, currency } of [...available, ...pending]) {
    if (isOfBooks(currency)) held += amount;
    else others.set(currency, (others.get(currency) ?? 0) + amount);
  }
  return { held, others };
}

function idOf(payment: string | { readonly id: string } | null | undefined): string | undefined {
  return typeof payment === 'string' ? payment : payment?.id;
}
