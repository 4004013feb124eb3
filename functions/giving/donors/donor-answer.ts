import * as z from 'zod/mini';
import { anyObject, cents, described, list, text, time, truth } from '#kernel/staff/answer.ts';
import type { ReceiptData } from '#payments/payment/receipt-data-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import type { PaymentData } from './read-donor-data.ts';
import type { Erasure } from './read-erasure.ts';

const receipt = () =>
  z.object({ paymentId: text, receiptName: text, amount: cents(), currency: text, at: time, until: time });

/** What an erasure would do. */
export const erasureAnswer = () =>
  z.object({
    paymentId: text,
    payments: described(z.array(text), 'Of whom nothing but sums and dates would be left.'),
    stops: described(
      z.array(text),
      'Why it cannot be done yet: `dispute`, `refund`, `promise`, `entered-payment`.',
    ),
    receipts: described(z.array(receipt()), 'What stays for receipts, until when.'),
  });

export function erasureJson({ asked, others, stops, receipts }: Erasure) {
  const known = [asked, ...others].filter(({ person }) => person);
  return {
    paymentId: asked.payment.paymentId,
    payments: known.map(({ payment }) => payment.paymentId),
    stops,
    receipts: receipts.map(receiptJson),
  };
}

/** All that is kept of a donor. */
export const donorDataAnswer = () =>
  list(
    'Each payment with all that is kept beside it.',
    z.object({
      payment: z.object({
        ...{ reference: text, at: time, amount: cents(), refunded: cents(), currency: text },
        ...{ fund: text, source: text, frequency: text, language: text },
      }),
      person: described(z.nullable(anyObject), 'Null when it was erased.'),
      comment: described(z.nullable(anyObject), 'With what was decided about it.'),
      appeals: described(z.nullable(anyObject), 'The consent to appeals, as it was shown and given.'),
      mails: described(z.array(anyObject), 'What was sent, with all that it said.'),
      receipts: z.array(receipt()),
      hasErasedPerson: truth,
    }),
  );

export function donorDataJson(data: readonly PaymentData[]) {
  return { data: data.map(paymentDataJson) };
}

function paymentDataJson({ payment, person, mails, receipts }: PaymentData) {
  const { message, messageState, marketingConsent, newAddress: _, checkoutId: __, ...known } = person ?? {};
  return {
    payment: {
      reference: payment.paymentId,
      at: payment.at.toISOString(),
      amount: wholeOf(payment.parts),
      refunded: payment.refunded,
      currency: payment.currency.toUpperCase(),
      ...{ fund: payment.fund, source: payment.source, frequency: payment.frequency },
      language: payment.language,
    },
    person: person ? known : null,
    comment: message === undefined ? null : { text: message, state: messageState ?? 'waiting' },
    appeals: marketingConsent ?? null,
    mails: mails.map(({ name, to, firstAttemptAt, facts }) => ({
      ...{ name, to, facts },
      at: firstAttemptAt.toISOString(),
    })),
    receipts: receipts.map(receiptJson),
    hasErasedPerson: person === undefined,
  };
}

function receiptJson({ paymentId, receiptName, amount, currency, at, until }: ReceiptData) {
  return {
    ...{ paymentId, receiptName, amount, currency: currency.toUpperCase() },
    ...{ at: at.toISOString(), until: until.toISOString() },
  };
}
