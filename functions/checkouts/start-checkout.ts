import type Stripe from 'stripe';
import { type Campaign, campaignState, isSlug } from '../campaigns/campaign.ts';
import { fromCampaignItem } from '../campaigns/campaign-item.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { bodyDigest, checkoutId, isCheckoutId, type KeyedHash } from '../platform/ids.ts';
import { type Key, keys } from '../table/keys.ts';
import { type Item, putNew, readItems, type Table } from '../table/table.ts';
import { admitCheckout, takeStart } from './admit-checkout.ts';
import { askAgain, checkEmailStarts, countEmailStart, emailStarts, SameGiftProblem } from './ask-again.ts';
import { type Checkout, canStartSession, isOver, isWaiting, sessionLifetime } from './checkout.ts';
import { fromCheckoutItem, toCheckoutItem } from './checkout-item.ts';
import { coverAsked, type GiftCheckoutRequest, parseGiftCheckout } from './checkout-request.ts';
import { consentGiven } from './consent.ts';
import { formWordsOf } from './form-words.ts';
import { guardKeys, watchCampaign } from './guard-item.ts';
import { openSession, PaymentUnknownProblem, type StartedCheckout, thanksUrl } from './open-session.ts';
import { type Person, toNewPersonItem } from './person-item.ts';
import { replaceCheckout } from './replace-checkout.ts';

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
  /** The giver's earlier checkout that this one takes the place of, if it was not paid. */
  readonly replaces?: string | undefined;
}

/**
 * Starts a gift's checkout: the checkout and the person are written first, then Stripe is asked for the Session under the
 * checkout's key. Whatever fails in between, the same request again goes on where this one stopped. When the caller's earlier
 * checkout says the same and still waits, that one is given; else it is ended, so that only one can be paid.
 *
 * @param body what the caller sent; it is checked here, after the campaign
 * @throws Problem `not-found`, `invalid`, `not-offered`, `campaign-closed`, `too-many-checkouts`, `minimum-raised`, `again`,
 * `idempotency-key-reused`, `checkout-over`, `checkout-in-progress` or `payments-unavailable`
 */
export async function startGiftCheckout(
  slug: string,
  body: unknown,
  caller: Caller,
  deps: StartCheckout,
): Promise<StartedCheckout> {
  const now = deps.clock();
  const hash = await deps.hash();
  const known = await readKnown(slug, body, caller, { hash, now, table: deps.table });
  const { campaign, request } = known;
  if (campaignState(campaign, now) !== 'open') {
    throw new Problem('campaign-closed', 'This campaign takes no gifts now.');
  }
  const { again: _, ...wanted } = request;
  const checkout = toCheckout(known.id, campaign, wanted, now, deps.site);
  const waiting = known.checkout
    ? await repeat(known, checkout.bodyDigest, now, deps.table)
    : await admit(known, checkout, { hash, now, address: caller.address }, deps);
  if (waiting) return waiting;
  const person = toPerson(checkout.id, request, now);
  const kept = await keep(deps.table, known.checkout, checkout, toNewPersonItem(person, now));
  checkRepeatable(kept, checkout.bodyDigest, now);
  if (!isWaiting(kept, now)) return { ...kept, url: thanksUrl(kept) };
  return openSession(kept, request.email, deps);
}

/** A repeated request starts nothing new, so it does not count; only while a breaker is on it takes its turn at Stripe. */
async function repeat(known: Known, digest: string, now: Date, table: Table): Promise<undefined> {
  if (!known.checkout) return;
  checkRepeatable(known.checkout, digest, now);
  if (isWaiting(known.checkout, now)) await takeStart(table, known.watched, now);
}

/**
 * Holds a new checkout against all limits, before Stripe is asked for anything. A question counts for the address, because it tells
 * of somebody's gift.
 *
 * @returns the giver's earlier checkout, when it says the same and still waits
 */
async function admit(
  known: Known,
  { id, bodyDigest: digest }: Checkout,
  asked: { readonly hash: KeyedHash; readonly now: Date; readonly address: string },
  deps: StartCheckout,
): Promise<StartedCheckout | undefined> {
  const { campaign, request, watched, starts } = known;
  const { now } = asked;
  const { startsAnEmail } = watched.guard;
  const { amount } = request;
  await admitCheckout(deps.table, { ...asked, amount }, { ...watched, currency: campaign.currency });
  checkEmailStarts(known.present, startsAnEmail, now);
  await takeStart(deps.table, watched, now);
  const waiting = await settleEarlier(known, digest, now, deps);
  if (waiting) return waiting;
  if (!request.again) await askAgain(deps.table, starts, known.memory, now);
  await countEmailStart(deps.table, starts, id, now, startsAnEmail);
  return undefined;
}

/** The id of the checkout that a request under a key makes. */
export function giftCheckoutId(hash: KeyedHash, slug: string, caller: Caller): string {
  return checkoutId(hash, `campaigns/${slug}`, caller.address, caller.idempotencyKey);
}

type Known = Awaited<ReturnType<typeof readKnown>>;

/** Everything that starting a checkout depends on, in one read. The campaign comes first: without it no field is wrong. */
async function readKnown(
  slug: string,
  body: unknown,
  caller: Caller,
  { hash, now, table }: { readonly hash: KeyedHash; readonly now: Date; readonly table: Table },
) {
  if (!isSlug(slug)) throw noCampaign();
  const id = giftCheckoutId(hash, slug, caller);
  const request = checked(body);
  const starts =
    request instanceof Problem ? undefined : emailStarts(hash, { ...request, campaign: slug }, now);
  const earlierKey =
    caller.replaces && isCheckoutId(caller.replaces) && caller.replaces !== id
      ? keys.checkout(caller.replaces)
      : undefined;
  const read = await readItems(table, [
    keys.campaign(slug),
    keys.checkout(id),
    ...(starts?.keys ?? []),
    ...(starts ? guardKeys(slug, now) : []),
    ...(earlierKey ? [earlierKey] : []),
  ]);
  const campaignItem = read.itemAt(keys.campaign(slug));
  if (!campaignItem) throw noCampaign();
  if (request instanceof Problem || !starts) throw request;
  const checkoutAt = (key: Key | undefined) => {
    const item = key && read.itemAt(key);
    return item && fromCheckoutItem(item);
  };
  const earlier = checkoutAt(earlierKey);
  return {
    id,
    request,
    campaign: fromCampaignItem(campaignItem),
    checkout: checkoutAt(keys.checkout(id)),
    earlier: earlier?.campaign === slug ? earlier : undefined,
    starts,
    /** What was started with the e-mail address in the present window. */
    present: read.itemAt(starts.keys[0]),
    memory: starts.keys.map((key) => read.itemAt(key)).filter((item) => item !== undefined),
    watched: watchCampaign(slug, read, now),
  };
}

function checked(body: unknown): GiftCheckoutRequest | Problem {
  try {
    return parseGiftCheckout(body);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function noCampaign(): Problem {
  return new Problem('not-found', 'There is no such campaign.');
}

function toCheckout(
  id: string,
  campaign: Campaign,
  request: Omit<GiftCheckoutRequest, 'again'>,
  now: Date,
  site: string,
): Checkout {
  const { slug, title, currency } = campaign;
  const { amount, language } = request;
  const cover = coverAsked(request);
  const gift = { kind: 'gift', campaign: slug, title: title[language], amount } as const;
  const forFee = { kind: 'cover', title: formWordsOf(language).coverTitle, amount: cover } as const;
  return {
    id,
    status: 'open',
    campaign: slug,
    lines: cover > 0 ? [gift, forFee] : [gift],
    amount: amount + cover,
    currency,
    language,
    site,
    createdAt: now,
    expiresAt: new Date(now.getTime() + sessionLifetime),
    bodyDigest: bodyDigest(request),
    sessionId: undefined,
  };
}

/** Gives the giver's earlier checkout when it says the same and still waits for its payment, and ends one that says otherwise. */
async function settleEarlier(
  { earlier, request }: Known,
  digest: string,
  now: Date,
  deps: StartCheckout,
): Promise<StartedCheckout | undefined> {
  if (!earlier || !isWaiting(earlier, now)) return undefined;
  const isSame = earlier.sessionId !== undefined && earlier.bodyDigest === digest;
  if (isSame && !request.again) return openSession(earlier, request.email, deps);
  const replaced = await replaceCheckout(deps.table, await deps.stripe(), earlier, now);
  if (replaced === 'unknown') throw new PaymentUnknownProblem();
  if (replaced === 'paid' && !request.again) throw new SameGiftProblem(earlier);
  return undefined;
}

function checkRepeatable(kept: Checkout, digest: string, now: Date): void {
  if (kept.bodyDigest !== digest) {
    throw new Problem('idempotency-key-reused', 'This Idempotency-Key was sent before with another body.', {
      errors: [{ pointer: 'Idempotency-Key', detail: 'Choose a new key for another request.' }],
    });
  }
  if (kept.sessionId ? isOver(kept, now) : !canStartSession(kept, now)) {
    throw new Problem('checkout-over', 'This checkout is over; start again under a new Idempotency-Key.');
  }
}

/**
 * Writes the checkout and then its person, or finds what the same request wrote before. One after the other costs half of a
 * transaction, and nothing is lost by it: without a Session nobody can pay, and the Session is made after both.
 *
 * @param known the checkout as it was read before, perhaps without its person
 */
async function keep(
  table: Table,
  known: Checkout | undefined,
  checkout: Checkout,
  person: Item,
): Promise<Checkout> {
  const item = known ? undefined : await putNew(table, toCheckoutItem(checkout));
  const kept = known ?? (item ? fromCheckoutItem(item) : checkout);
  const isUnfinished = kept.status === 'open' && !kept.sessionId;
  if (isUnfinished && kept.bodyDigest === checkout.bodyDigest) await putNew(table, person);
  return kept;
}

function toPerson(id: string, request: GiftCheckoutRequest, now: Date): Person {
  return {
    checkoutId: id,
    name: request.name.trim(),
    displayName: request.displayName?.trim(),
    email: request.email,
    hideName: request.hideName,
    hideAmount: request.hideAmount,
    message: request.message?.trim(),
    marketingConsent: request.marketingConsent ? consentGiven(request.language, now) : undefined,
  };
}
