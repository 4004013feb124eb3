import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type Stripe from 'stripe';
import { campaignState } from '../campaigns/campaign.ts';
import { fromCampaignItem } from '../campaigns/campaign-item.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { bodyDigest, checkoutId, type KeyedHash } from '../platform/ids.ts';
import { createSession, StripeUnavailableError } from '../stripe/gateway.ts';
import { commit, isNew } from '../table/commit.ts';
import { keys } from '../table/keys.ts';
import { readItems, type Table } from '../table/table.ts';
import { type Checkout, canStartSession, sessionLifetime } from './checkout.ts';
import { fromCheckoutItem, toCheckoutItem } from './checkout-item.ts';
import type { GiftCheckoutRequest } from './checkout-request.ts';
import { consentWording } from './consent.ts';
import { limitCheckouts } from './limit-checkouts.ts';
import { type Person, toPersonItem } from './person-item.ts';

/** What starting a checkout needs from the outside. */
export interface StartCheckout {
  readonly table: Table;
  readonly stripe: () => Promise<Stripe>;
  readonly hash: () => Promise<KeyedHash>;
  readonly clock: Clock;
  /** The site that the giver comes back to, without a trailing slash. */
  readonly site: string;
}

/** Who asks, and under which key. */
export interface Caller {
  /** The address the request came from (`requestContext.http.sourceIp`); kept as a keyed hash only. */
  readonly address: string;
  /** Makes a repeated request the same one. */
  readonly idempotencyKey: string;
}

/** A checkout whose page at Stripe is open. */
export interface StartedCheckout {
  readonly checkoutId: string;
  readonly checkoutUrl: string;
}

/**
 * Starts a gift's checkout: the checkout and the person are written first, then Stripe is asked for the Session under the
 * checkout's key. Whatever fails in between, the same request again goes on where this one stopped.
 *
 * @throws Problem `not-found`, `campaign-closed`, `too-many-checkouts`, `idempotency-key-reused`, `checkout-over`,
 * `checkout-in-progress` or `payments-unavailable`
 */
export async function startGiftCheckout(
  slug: string,
  request: GiftCheckoutRequest,
  caller: Caller,
  deps: StartCheckout,
): Promise<StartedCheckout> {
  const now = deps.clock();
  const hash = await deps.hash();
  const id = checkoutId(hash, `campaigns/${slug}`, caller.address, caller.idempotencyKey);
  const read = await readItems(deps.table, [keys.campaign(slug), keys.checkout(id)]);
  const campaignItem = read.itemAt(keys.campaign(slug));
  if (!campaignItem) throw new Problem('not-found', 'There is no such campaign.');
  const campaign = fromCampaignItem(campaignItem);
  if (campaignState(campaign, now) !== 'open') {
    throw new Problem('campaign-closed', 'This campaign takes no gifts now.');
  }
  // A repeated request starts nothing new, so it does not count.
  if (!read.itemAt(keys.checkout(id))) await limitCheckouts(deps.table, hash, caller.address, now);
  const checkout: Checkout = {
    id,
    status: 'open',
    campaign: slug,
    lines: [
      { kind: 'gift', campaign: slug, title: campaign.title[request.language], amount: request.amount },
    ],
    amount: request.amount,
    currency: campaign.currency,
    language: request.language,
    site: deps.site,
    createdAt: now,
    expiresAt: new Date(now.getTime() + sessionLifetime),
    bodyDigest: bodyDigest(request),
    session: undefined,
  };
  const kept = await keep(deps.table, checkout, toPerson(checkout.id, request, now));
  return kept.session
    ? { checkoutId: kept.id, checkoutUrl: kept.session.url }
    : openSession(kept, request.email, now, deps);
}

/** Writes the checkout with its person, or finds the one that the same request wrote before. */
async function keep(table: Table, checkout: Checkout, person: Person): Promise<Checkout> {
  const outcome = await commit(table, () => ({
    checkout: { put: toCheckoutItem(checkout), condition: isNew },
    person: { put: toPersonItem(person), condition: isNew },
  }));
  if (outcome.committed) return checkout;
  const item = outcome.failed.get('checkout');
  if (!item) throw new Error(`Checkout ${checkout.id}: its person is there without it.`);
  const existing = fromCheckoutItem(item);
  if (existing.bodyDigest !== checkout.bodyDigest) {
    throw new Problem('idempotency-key-reused', 'This Idempotency-Key was sent before with another body.', {
      errors: [{ pointer: 'Idempotency-Key', detail: 'Choose a new key for another request.' }],
    });
  }
  return existing;
}

async function openSession(
  checkout: Checkout,
  email: string,
  now: Date,
  deps: StartCheckout,
): Promise<StartedCheckout> {
  if (!canStartSession(checkout, now)) {
    throw new Problem('checkout-over', 'This checkout is over; start again under a new Idempotency-Key.');
  }
  const session = await createSession(await deps.stripe(), checkout, email).catch((error: unknown) => {
    if (!(error instanceof StripeUnavailableError)) throw error;
    throw error.failure === 'in-progress'
      ? new Problem('checkout-in-progress', 'The same request is being worked on.', { retryAfter: 2 })
      : new Problem(
          'payments-unavailable',
          'The card payment service does not answer; please try again shortly.',
          {
            retryAfter: 30,
          },
        );
  });
  const { pk, sk } = keys.checkout(checkout.id);
  await deps.table.client.send(
    new UpdateCommand({
      TableName: deps.table.name,
      Key: { pk, sk },
      UpdateExpression: 'SET sessionId = :id, sessionUrl = :url',
      ExpressionAttributeValues: { ':id': session.id, ':url': session.url },
    }),
  );
  return { checkoutId: checkout.id, checkoutUrl: session.url };
}

function toPerson(id: string, request: GiftCheckoutRequest, now: Date): Person {
  return {
    checkoutId: id,
    name: request.name.trim(),
    email: request.email,
    hideName: request.hideName,
    hideAmount: request.hideAmount,
    message: request.message?.trim(),
    marketingConsent: request.marketingConsent
      ? { wording: consentWording[request.language], at: now.toISOString() }
      : undefined,
  };
}
