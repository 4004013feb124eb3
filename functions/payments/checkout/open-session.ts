import type Stripe from 'stripe';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { localPath } from '#platform/web/languages.ts';
import { askWhetherPaid } from './ask-whether-paid.ts';
import type { Checkout } from './checkout.ts';
import { createSession, type SessionWanted, StripeUnavailableError } from './gateway.ts';

/** A checkout with where the donor goes now: its Session's page, or the thanks when it was paid. */
export type StartedCheckout = Checkout & { readonly url: string };

/**
 * Asks Stripe for a stored checkout's Session and records it. Asked again under its key, Stripe answers the same Session: so the
 * page's address, which is longer than all the rest, is not stored. A donor who has paid, though no event has reported it yet, goes
 * to the thanks page. A checkout that Stripe refuses is removed.
 *
 * Whatever Stripe does not answer ends the request: nothing more is asked of it.
 *
 * @throws Problem `invalid` for an address that Stripe does not take, `checkout-in-progress` or `payments-unavailable`
 */
export async function openSession(
  { checkout, ...wanted }: SessionWanted,
  ctx: { readonly table: Table; readonly stripe: () => Promise<Stripe> },
): Promise<StartedCheckout> {
  const whetherPaid = await askWhetherPaid(checkout, ctx);
  if (whetherPaid === 'paid') return { ...checkout, url: thanksUrl(checkout) };
  if (whetherPaid === 'unknown') throw new PaymentUnknownProblem();
  const session = await createSession({ checkout, ...wanted }, { stripe: await ctx.stripe() }).catch(
    async (error: unknown) => {
      if (error instanceof Problem && error.code === 'invalid') await forget(ctx.table, checkout.id);
      throw error instanceof StripeUnavailableError ? notNow(error) : error;
    },
  );
  if (checkout.sessionId) return { ...checkout, url: session.url };
  await writeOne(ctx.table, {
    update: keys.checkout(checkout.id),
    set: { expression: 'SET sessionId = :id', values: { ':id': session.id } },
  });
  return { ...checkout, sessionId: session.id, url: session.url };
}

/** Where a donor goes who has paid, or asks again after paying. */
export function thanksUrl({ site, language, id }: Checkout): string {
  return `${site}${localPath(language, `/thanks/${id}`)}`;
}

function notNow({ failure }: StripeUnavailableError): Problem {
  return failure === 'in-progress'
    ? new Problem('checkout-in-progress', 'The same request is being worked on.', { retryAfter: 2 })
    : new Problem('payments-unavailable', silence, { retryAfter: 30 });
}

const silence = 'The card payment service does not answer; please try again shortly.';

/** Stripe does not answer, and the donor may have paid an earlier checkout: nothing can be said about money. */
export class PaymentUnknownProblem extends Problem {
  constructor() {
    super('payments-unavailable', silence, { retryAfter: 30 });
  }
}

/** Leaves nothing behind of a checkout that Stripe refused. */
async function forget(table: Table, id: string): Promise<void> {
  await commit(table, () => ({
    checkout: { remove: keys.checkout(id), condition: { expression: 'attribute_not_exists(sessionId)' } },
    person: { remove: keys.person(id) },
  }));
}
