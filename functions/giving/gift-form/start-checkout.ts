import type Stripe from 'stripe';
import { type Campaign, campaignState } from '#giving/campaigns/campaign.ts';
import { consentGiven } from '#kernel/people/consent.ts';
import { keepDonor } from '#kernel/people/keep-donor.ts';
import { type Person, toNewPersonItem } from '#kernel/people/person-item.ts';
import {
  type Checkout,
  type CheckoutLine,
  canStartSession,
  isOver,
  isWaiting,
  sessionLifetime,
} from '#payments/checkout/checkout.ts';
import { fromCheckoutItem, toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import type { SessionWanted } from '#payments/checkout/gateway.ts';
import {
  openSession,
  PaymentUnknownProblem,
  type StartedCheckout,
  thanksUrl,
} from '#payments/checkout/open-session.ts';
import { replaceCheckout } from '#payments/checkout/replace-checkout.ts';
import { admitCheckout } from '#payments/guard/admit-checkout.ts';
import { limitCheckouts, networkName } from '#payments/guard/limit-checkouts.ts';
import { takePlace } from '#payments/guard/take-place.ts';
import type { Clock } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { bodyDigest, type KeyedHash } from '#platform/ids.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { putNew } from '#platform/table/write-one.ts';
import {
  askAgain,
  checkEmailStarts,
  countEmailStart,
  readStarted,
  SameGiftProblem,
  waitingOfDonor,
} from './ask-again.ts';
import { coverAsked, type GiftCheckoutRequest } from './checkout-request.ts';
import { formWordsOf } from './form-words.ts';
import { type Caller, type Known, readKnown } from './read-known.ts';

export interface StartCheckout {
  readonly table: Table;
  readonly stripe: () => Promise<Stripe>;
  readonly hash: () => Promise<KeyedHash>;
  readonly clock: Clock;
  readonly random: () => number;
  /** The site to which the donor comes back, without a trailing slash. */
  readonly site: string;
}

/**
 * Starts a gift's checkout: it writes the checkout and the person first, and then asks Stripe for the Session under the checkout's key.
 * Whatever fails in between, repeating the request continues where it stopped. When the caller's earlier checkout has the same content
 * and still waits for payment, the caller gets that one; otherwise it is ended, so that only one can be paid.
 *
 * @param body what the caller sent; it is checked here, after the campaign
 * @throws Problem `not-found`, `invalid`, `not-offered`, `campaign-closed`, `too-many-checkouts`, `minimum-raised`, `again`,
 * `idempotency-key-reused`, `checkout-over`, `checkout-in-progress` or `payments-unavailable`
 */
export async function startGiftCheckout(
  { slug, body, caller }: { readonly slug: string; readonly body: unknown; readonly caller: Caller },
  ctx: StartCheckout,
): Promise<StartedCheckout> {
  const now = ctx.clock();
  const hash = await ctx.hash();
  const known = await readKnown({ slug, body, caller }, { hash, now, table: ctx.table });
  const { campaign, request } = known;
  if (campaignState(campaign, now) !== 'open') {
    throw new Problem('campaign-closed', 'This campaign takes no gifts now.');
  }
  const { again: _, ...wanted } = request;
  const network = networkName(hash, caller.address, now);
  const checkout = { ...toCheckout(known.id, campaign, wanted, now, ctx.site), network };
  const asked = { hash, now, address: caller.address };
  const waiting = known.checkout
    ? await repeat(known, checkout.bodyDigest, { ...asked, turns: caller.turns === true }, ctx.table)
    : await admit(known, checkout, asked, ctx);
  if (waiting) return waiting;
  const person = toPerson(checkout.id, request, now, known.isRecorded ? undefined : known.address);
  const stored = await keep(known, checkout, toNewPersonItem(person, now), { table: ctx.table, now });
  checkRepeatable(stored, checkout.bodyDigest, now);
  if (!isWaiting(stored, now)) return { ...stored, url: thanksUrl(stored) };
  return openSession(sessionOf(stored, campaign, request), ctx);
}

/** The Session that a checkout wants, with the campaign's title on Stripe's page. */
function sessionOf(checkout: Checkout, { title }: Campaign, { email }: GiftCheckoutRequest): SessionWanted {
  const { language } = checkout;
  const titleOf = ({ kind }: CheckoutLine) =>
    kind === 'cover' ? formWordsOf(language).coverTitle : title[language];
  return { checkout, email, titleOf };
}

/** Enough of a digest to tell one body from another, and short, because it stands in every checkout. */
const digestLength = 22;

/** How many repetitions a network may send for each checkout that it may start: each one asks Stripe again. */
const repeatsAStart = 3;

/** A repeated request starts nothing new, so it counts only as a repetition; a request with another body counts as a start. */
async function repeat(known: Known, digest: string, asked: Asked, table: Table): Promise<undefined> {
  if (!known.checkout) return;
  const { hash, address, now, turns } = asked;
  const { startsAnAddress } = known.watched.guard;
  try {
    checkRepeatable(known.checkout, digest, now);
  } catch (error) {
    if (!turns) await limitCheckouts({ address, most: startsAnAddress }, { table, now, hash });
    throw error;
  }
  if (isWaiting(known.checkout, now)) {
    await limitCheckouts(
      { address, most: repeatsAStart * startsAnAddress, what: 'repeats' },
      { table, now, hash },
    );
  }
}

interface Asked {
  readonly hash: KeyedHash;
  readonly now: Date;
  readonly address: string;
  readonly turns?: boolean;
}

/**
 * Checks a new checkout against all limits, before Stripe is asked for anything. Asking about a second equal gift counts for the
 * address too, because the question reveals a donor's gift.
 *
 * @returns the donor's earlier checkout, when it has the same content and still waits for payment
 */
async function admit(
  known: Known,
  { id, bodyDigest: digest }: Checkout,
  asked: Asked,
  ctx: StartCheckout,
): Promise<StartedCheckout | undefined> {
  const { campaign, request, watched, starts } = known;
  const { now } = asked;
  const { startsAnEmail } = watched.guard;
  const { amount } = request;
  await admitCheckout(
    { address: asked.address, amount, campaign: { ...watched, currency: campaign.currency } },
    { table: ctx.table, now, random: ctx.random, hash: asked.hash },
  );
  checkEmailStarts(known.present, startsAnEmail, now);
  await takePlace(watched, { table: ctx.table, now });
  const waiting = await endEarlier(known, digest, now, ctx);
  if (waiting) return waiting;
  const started = await readStarted({ ...starts, memory: known.memory }, ctx);
  if (!request.again) askAgain(started, now);
  for (const { checkout, isSameGift } of waitingOfDonor(started, now)) {
    // Skipped: the checkout that this request has just ended or found paid, and the checkout of a simultaneous duplicate of this
    // request.
    if (checkout.id === known.earlier?.id || checkout.id === id) continue;
    const ended = await endWaiting(checkout, now, ctx);
    if (ended === 'paid' && isSameGift && !request.again) throw new SameGiftProblem(checkout);
  }
  await countEmailStart({ starts, checkoutId: id, most: startsAnEmail }, { table: ctx.table, now });
  return undefined;
}

function toCheckout(
  id: string,
  campaign: Campaign,
  request: Omit<GiftCheckoutRequest, 'again'>,
  now: Date,
  site: string,
): Checkout {
  const { slug, currency } = campaign;
  const { amount, language } = request;
  const cover = coverAsked(request);
  const gift = { kind: 'gift', amount } as const;
  return {
    id,
    status: 'open',
    fund: slug,
    subject: { kind: 'campaign', slug },
    mode: 'payment',
    lines: cover > 0 ? [gift, { kind: 'cover', amount: cover }] : [gift],
    currency,
    language,
    site,
    createdAt: now,
    expiresAt: new Date(now.getTime() + sessionLifetime),
    bodyDigest: bodyDigest(request).slice(0, digestLength),
    sessionId: undefined,
  };
}

/**
 * Returns the donor's earlier checkout when it has the same content and still waits for payment; ends it when the content is different.
 */
async function endEarlier(
  { earlier, request, campaign }: Known,
  digest: string,
  now: Date,
  ctx: StartCheckout,
): Promise<StartedCheckout | undefined> {
  if (!earlier || !isWaiting(earlier, now)) return undefined;
  const isSame = earlier.sessionId !== undefined && earlier.bodyDigest === digest;
  if (isSame && !request.again) return openSession(sessionOf(earlier, campaign, request), ctx);
  const ended = await endWaiting(earlier, now, ctx);
  if (ended === 'paid' && !request.again) throw new SameGiftProblem(earlier);
  return undefined;
}

/** @throws Problem `payments-unavailable` when Stripe does not answer: otherwise two Sessions could be paid */
async function endWaiting(old: Checkout, now: Date, ctx: StartCheckout): Promise<'ended' | 'paid'> {
  const replaced = await replaceCheckout(old, { table: ctx.table, stripe: await ctx.stripe(), now });
  if (replaced === 'unknown') throw new PaymentUnknownProblem();
  return replaced;
}

function checkRepeatable(stored: Checkout, digest: string, now: Date): void {
  if (stored.bodyDigest !== digest) {
    throw new Problem('idempotency-key-reused', 'This Idempotency-Key was sent before with another body.', {
      errors: [{ pointer: 'Idempotency-Key', detail: 'Choose a new key for another request.' }],
    });
  }
  if (stored.sessionId ? isOver(stored, now) : !canStartSession(stored, now)) {
    throw new Problem('checkout-over', 'This checkout is over; start again under a new Idempotency-Key.');
  }
}

/**
 * Writes the checkout and then its person, or finds what the same request wrote before; and before both, whose address it is. Single
 * writes cost half of a transaction, and nothing is lost: nobody can pay without a Session, and the Session is made after all of them.
 */
async function keep(
  known: Known,
  checkout: Checkout,
  person: Item,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Checkout> {
  const stored = known.checkout ?? (await keepCheckout(known, checkout, { table, now }));
  const isUnfinished = stored.status === 'open' && !stored.sessionId;
  if (isUnfinished && stored.bodyDigest === checkout.bodyDigest) await putNew(table, person);
  return stored;
}

async function keepCheckout(
  { address, donor: known }: Known,
  checkout: Checkout,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Checkout> {
  const donor = known ?? (await keepDonor(address, { table, now }));
  const item = await putNew(table, toCheckoutItem({ ...checkout, donor }));
  return item ? fromCheckoutItem(item) : { ...checkout, donor };
}

function toPerson(
  id: string,
  request: GiftCheckoutRequest,
  now: Date,
  newAddress: string | undefined,
): Person {
  return {
    checkoutId: id,
    name: request.name.trim(),
    displayName: request.displayName?.trim(),
    email: request.email,
    receiptName: request.receiptName?.trim(),
    newAddress,
    hideName: request.hideName,
    hideAmount: request.hideAmount,
    message: request.message?.trim(),
    marketingConsent: request.marketingConsent ? consentGiven(request.language, now) : undefined,
  };
}
