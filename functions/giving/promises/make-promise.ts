import * as z from 'zod/mini';
import { type Campaign, campaignState, isPublic } from '#giving/campaigns/campaign.ts';
import { findCampaign } from '#giving/campaigns/read-campaigns.ts';
import { giftCheckoutSchema } from '#giving/gift-form/checkout-request.ts';
import { promiseMadeKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { emailHash } from '#kernel/people/donor-item.ts';
import { keepDonor } from '#kernel/people/keep-donor.ts';
import { toNewPersonItem } from '#kernel/people/person-item.ts';
import type { Checkout } from '#payments/checkout/checkout.ts';
import { toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { windowAt } from '#payments/guard/guard.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { limitCheckouts } from '#payments/guard/limit-checkouts.ts';
import { TooManyProblem } from '#payments/guard/too-many.ts';
import { Problem } from '#platform/errors.ts';
import { parseFields } from '#platform/http/fields.ts';
import { bodyDigest, checkoutId, type KeyedHash, shardOf } from '#platform/ids.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { increment } from '#platform/table/write-one.ts';
import { drawReference, lapseAfter, openWays, type PromisedGift, promiseWays } from './promise.ts';
import { fromPromiseItem, promiseMail, toNewPromiseChange } from './promise-item.ts';

const { amount, name, email, displayName, receiptName, language } = giftCheckoutSchema.shape;

/** What a donor sends to promise a gift by another way than Stripe. */
const promiseSchema = z.strictObject({
  slug: z.string('The campaign is missing.'),
  amount,
  way: z.enum(promiseWays, 'Choose how you will pay.'),
  name,
  email,
  displayName,
  receiptName,
  language,
});

export type PromiseRequest = z.infer<typeof promiseSchema>;

export interface MakePromise {
  readonly table: Table;
  readonly hash: KeyedHash;
  readonly now: Date;
  /** The site, without a trailing slash. */
  readonly site: string;
}

/** How many promises may be made in an hour with one e-mail address: each is mailed there. */
const mostAnEmail = 5;

/** How many references of a checkout are looked at: each may be another promise's. */
const mostReferences = 4;

/**
 * Promises a gift by another way than Stripe: it writes the promise, its checkout and its person, or finds what the same form wrote
 * before. It counts nothing.
 *
 * @throws Problem `not-found`, `invalid`, `campaign-closed`, `not-offered` or `too-many-checkouts`
 */
export async function makePromise(
  { body, address, key }: { readonly body: unknown; readonly address: string; readonly key: string },
  { table, hash, now, site }: MakePromise,
): Promise<PromisedGift> {
  const request = parseFields(promiseSchema, body);
  if (!openWays().includes(request.way))
    throw new Problem('not-offered', 'Money cannot be sent here by this way.');
  const campaign = await findCampaign(request.slug, { table });
  if (!campaign || !isPublic(campaign)) throw new Problem('not-found', 'There is no such campaign.');
  if (campaignState(campaign, now) !== 'open') {
    throw new Problem('campaign-closed', 'This campaign takes no gifts now.');
  }
  const digest = bodyDigest(request);
  const id = checkoutId(hash, `promises/${digest}`, address, key);
  const before = await readPromise(id, { table });
  if (before) return before;
  await limitCheckouts({ address }, { table, now, hash });
  const hashed = emailHash(hash, request.email);
  await limitEmail(hashed, { table, now });
  const donor = await keepDonor(hashed, { table, now });
  const checkout = toCheckout(id, campaign, request, { donor, digest, site, now });
  const person = toNewPersonItem(toPerson(id, request), now);
  for (const reference of referencesOf(id)) {
    const promise: PromisedGift = {
      reference,
      checkoutId: id,
      fund: campaign.slug,
      amount: request.amount,
      way: request.way,
      madeAt: now,
      state: 'open',
    };
    const written = await commit(table, () => ({
      promise: toNewPromiseChange(promise),
      checkout: { put: toCheckoutItem(checkout), condition: isNew },
      person: { put: person, condition: isNew },
      outbox: { put: toOutboxItem(promiseMail(promise, promiseMadeKey(reference), now)), condition: isNew },
    }));
    if (written.committed) return promise;
    // The same form, sent at the same moment, was faster.
    if (written.failed.has('checkout')) break;
  }
  const made = await readPromise(id, { table });
  if (!made) throw new Error('Every reference of the promise is taken.');
  return made;
}

/** The promise that stands under a checkout; undefined when there is none. */
export async function readPromise(
  id: string,
  { table }: Pick<MakePromise, 'table'>,
): Promise<PromisedGift | undefined> {
  const wanted = referencesOf(id).map(keys.promise);
  const read = await readItems(table, wanted, { consistent: true });
  return wanted
    .flatMap((key) => read.itemAt(key) ?? [])
    .map(fromPromiseItem)
    .find((promise) => promise.checkoutId === id);
}

/** The references that a checkout may have, the first that is free counts: so the checkout leads to its promise. */
function referencesOf(id: string): string[] {
  const million = 1_000_000;
  return Array.from({ length: mostReferences }, (_, number) =>
    drawReference(shardOf(`${id}/${number}`, million) / million),
  );
}

/** @param hashed the address by its hash (`emailHash`) */
async function limitEmail(hashed: string, { table, now }: Pick<MakePromise, 'table' | 'now'>): Promise<void> {
  const { start, end } = windowAt(now, guardLimits.emailWindow);
  const counted = await increment(table, {
    at: keys.emailStarts(hashed, start.toISOString()),
    attribute: 'count',
    entity: 'starts',
    version: 1,
    endsAt: end,
    below: mostAnEmail,
  });
  if (!counted) throw new TooManyProblem(now, end);
}

function toCheckout(
  id: string,
  { slug, currency }: Campaign,
  request: PromiseRequest,
  {
    donor,
    digest,
    site,
    now,
  }: { readonly donor: string; readonly digest: string; readonly site: string; readonly now: Date },
): Checkout {
  return {
    id,
    status: 'open',
    fund: slug,
    subject: { kind: 'campaign', slug },
    mode: 'offline',
    lines: [{ kind: 'gift', amount: request.amount }],
    currency,
    language: request.language,
    site,
    createdAt: now,
    expiresAt: new Date(now.getTime() + lapseAfter),
    bodyDigest: digest.slice(0, 22),
    donor,
    sessionId: undefined,
  };
}

function toPerson(checkoutId: string, request: PromiseRequest) {
  return {
    checkoutId,
    name: request.name.trim(),
    displayName: request.displayName?.trim(),
    email: request.email,
    receiptName: request.receiptName?.trim(),
    hideName: false,
    hideAmount: false,
    message: undefined,
    marketingConsent: undefined,
  };
}
