import * as z from 'zod/mini';
import { entryAnswer, entryShape } from '#kernel/ledger/entry-answer.ts';
import { cents, changed, described, oneOf, text, time, truth } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { mayDo, permit } from '#kernel/staff/rights.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { frequencies, sources } from '#payments/received/payment-fact.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import type { Payment } from './payment.ts';
import { paymentInPath } from './payment-input.ts';
import { type Proceeds, proceedsAt } from './proceeds-item.ts';
import { type PaymentFile, readPayment } from './read-payment.ts';
import { releasePayment } from './release-payment.ts';

const person = () =>
  z.object({
    name: text,
    displayName: z.nullable(text),
    email: text,
    hideName: truth,
    hideAmount: truth,
    message: z.nullable(text),
    receiptName: described(z.nullable(text), 'The name on a receipt, if it is another one.'),
  });

/** What the staff reads of every payment. */
export const paymentFields = () => ({
  paymentId: text,
  campaign: text,
  amount: cents('Without the cover. Minor units.'),
  parts: described(
    z.object({ gift: cents(), sales: cents(), cover: cents() }),
    'What was given, bought and added towards the card fee.',
  ),
  source: described(oneOf(sources), 'Where the money came in.'),
  plan: described(z.nullable(text), 'The plan of which it is a month.'),
  for: described(z.nullable(text), 'What within the fund it is meant for.'),
  cover: cents('What was added towards the card fee. Minor units.'),
  refunded: cents(),
  currency: text,
  frequency: z.optional(oneOf(frequencies)),
  language: z.optional(text),
  at: time,
  month: text,
  held: z.optional(described(z.nullable(text), 'Why it is shown to nobody until a person releases it.')),
  fee: described(z.nullable(cents()), 'What Stripe took of it; null while Stripe has not said it.'),
  net: described(z.nullable(cents()), 'What was taken, less the fee.'),
  payout: described(z.nullable(text), 'The payout that brought it to the bank.'),
});

const shape = () =>
  z.object({
    ...paymentFields(),
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
    const file = await readPayment({ paymentId, permit: allowed, personPermit: ofPerson }, { table });
    const proceeds = proceedsAt(await readItems(table, [keys.proceeds(paymentId)]), paymentId);
    return { ...toJson(file, proceeds), ...(ofPerson && { person: personJson(file) }) };
  },
});

export const releaseEndpoint = endpoint({
  id: 'releaseGift',
  method: 'post',
  path: '/api/staff/gifts/{paymentId}/release',
  right: 'gift.hold-release',
  summary: 'Let the public see a gift that was under review',
  description:
    'It is booked, counted and thanked for already. Its entry under attention is resolved with it.',
  input: { paymentId: paymentInPath },
  answer: () => z.object({ paymentId: text, changed }),
  problems: ['not-found', 'gift-not-held'],
  run: async ({ paymentId }, { permit: allowed, ...ctx }) => {
    const outcome = await releasePayment({ paymentId, permit: allowed }, ctx);
    return { paymentId, changed: outcome === 'changed' };
  },
});

/** What the staff does with payments. */
export const paymentApi = [read, releaseEndpoint];

function toJson({ payment, entries, checkoutStatus }: PaymentFile, proceeds: Proceeds | undefined) {
  return {
    ...paymentJson(payment, proceeds),
    checkout: { status: checkoutStatus ?? null },
    entries: entries.map(entryAnswer),
  };
}

/** A payment as the staff reads it. */
export function paymentJson(payment: Payment, proceeds: Proceeds | undefined) {
  const { parts, planId, for: meant, underReview } = payment;
  return {
    paymentId: payment.paymentId,
    campaign: payment.fund,
    amount: wholeOf(parts) - parts.cover,
    cover: parts.cover,
    parts,
    source: payment.source,
    plan: planId ?? null,
    for: meant ?? null,
    refunded: payment.refunded,
    currency: payment.currency.toUpperCase(),
    frequency: payment.frequency,
    language: payment.language,
    at: payment.at.toISOString(),
    month: payment.month,
    held: underReview ?? null,
    fee: proceeds?.fee ?? null,
    net: proceeds ? wholeOf(parts) - proceeds.fee : null,
    payout: proceeds?.payout ?? null,
  };
}

/** The donor, null when erased. */
function personJson({ person }: PaymentFile) {
  if (!person) return null;
  const { name, displayName, email, hideName, hideAmount, message, receiptName } = person;
  return {
    name,
    displayName: displayName ?? null,
    email,
    hideName,
    hideAmount,
    message: message ?? null,
    receiptName: receiptName ?? null,
  };
}
