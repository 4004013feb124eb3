import * as z from 'zod/mini';
import { entryAnswer, entryShape } from '#kernel/ledger/entry-answer.ts';
import { cents, changed, described, oneOf, text, time, truth } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { mayDo, permit } from '#kernel/staff/rights.ts';
import { paymentInPath } from './payment-input.ts';
import { type GiftFile, readGift } from './read-gift.ts';
import { releaseGift } from './release-gift.ts';

const person = () =>
  z.object({
    name: text,
    displayName: z.nullable(text),
    email: text,
    hideName: truth,
    hideAmount: truth,
    message: z.nullable(text),
  });

const shape = () =>
  z.object({
    paymentId: text,
    campaign: text,
    amount: cents('Without the cover. Minor units.'),
    cover: cents('What was added towards the card fee. Minor units.'),
    refunded: cents(),
    currency: text,
    frequency: z.optional(oneOf(['once'])),
    language: z.optional(text),
    at: time,
    month: text,
    held: z.optional(described(z.nullable(text), 'Why it is shown to nobody until a person releases it.')),
    checkout: z.optional(z.object({ status: z.nullable(text) })),
    entries: z.array(entryShape()),
    person: z.optional(z.nullable(person())),
  });

const read = endpoint({
  id: 'getStaffGift',
  method: 'get',
  path: '/api/staff/gifts/{paymentId}',
  right: 'gift.read',
  summary: 'A gift with its ledger entries',
  description:
    '`amount` is without `cover`, which was given towards the card fee. With the right `person.read` also the donor; null when their data was erased.',
  input: { paymentId: paymentInPath },
  answer: shape,
  problems: ['not-found'],
  run: async ({ paymentId }, { table, actor, permit: allowed }) => {
    const ofPerson = mayDo(actor, 'person.read') ? permit(actor, 'person.read') : undefined;
    const file = await readGift({ paymentId, permit: allowed, personPermit: ofPerson }, { table });
    return { ...toJson(file), ...(ofPerson && { person: personJson(file) }) };
  },
});

const release = endpoint({
  id: 'releaseGift',
  method: 'post',
  path: '/api/staff/gifts/{paymentId}/release',
  right: 'gift.hold-release',
  summary: 'Release a gift that is under review',
  description:
    'The public sees it from then on. It is booked, counted and thanked for already. Its attention item is resolved with it.',
  input: { paymentId: paymentInPath },
  answer: () => z.object({ paymentId: text, changed }),
  problems: ['not-found', 'gift-not-held'],
  run: async ({ paymentId }, { permit: allowed, ...ctx }) => {
    const outcome = await releaseGift({ paymentId, permit: allowed }, ctx);
    return { paymentId, changed: outcome === 'changed' };
  },
});

/** What the staff does with gifts. */
export const giftApi = [read, release];

function toJson({ gift, entries, checkoutStatus }: GiftFile) {
  return {
    paymentId: gift.paymentId,
    campaign: gift.campaign,
    amount: gift.amount,
    cover: gift.cover,
    refunded: gift.refunded,
    currency: gift.currency.toUpperCase(),
    frequency: gift.frequency,
    language: gift.language,
    at: gift.at.toISOString(),
    month: gift.month,
    held: gift.underReview ?? null,
    checkout: { status: checkoutStatus ?? null },
    entries: entries.map(entryAnswer),
  };
}

/** The donor, null when erased. */
function personJson({ person }: GiftFile) {
  if (!person) return null;
  const { name, displayName, email, hideName, hideAmount, message } = person;
  return { name, displayName: displayName ?? null, email, hideName, hideAmount, message: message ?? null };
}
