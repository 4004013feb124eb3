import * as z from 'zod/mini';
import { longestName, mailAddress } from '#giving/gift-form/checkout-request.ts';
import { languages } from '#platform/charity.ts';
import { hongKongDay } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { day, text } from '#platform/http/fields.ts';
import { formatMoney, largestPayment } from '#platform/money.ts';
import { means, typedTwiceFrom } from './entered-payment.ts';

const amountDetail = 'The amount is a whole number of cents above zero.';
const amount = z
  .int(amountDetail)
  .check(
    z.gte(1, amountDetail),
    z.lte(largestPayment, 'The amount is at most HK$999,999.99.'),
    z.describe('Minor units.'),
  );

/** What the staff sends of money that came outside Stripe. */
export const enteredPaymentSchema = z.strictObject(
  {
    fund: z
      .string('The fund is the slug of a campaign.')
      .check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'The fund is the slug of a campaign.')),
    means: z.enum(means, `By which means it came: ${means.join(', ')}.`),
    day: day.check(z.meta({ format: 'date', description: 'On which it was received.' })),
    amount,
    amountAgain: z.optional(
      z.int(amountDetail).check(z.describe('The same once more, from HK$10,000 on. Minor units.')),
    ),
    reference: text('The reference', 100).check(z.describe('The slip’s or statement’s own; no name.')),
    name: z.optional(text('The name', longestName)),
    email: z.optional(mailAddress),
    receiptName: z.optional(text('The name on the receipt', longestName)),
    language: z._default(z.enum(languages, 'The language is "en" or "zh-HK".'), 'en'),
    mayShow: z._default(
      z
        .boolean('mayShow is true or false.')
        .check(z.describe('The donor was asked, and the name may stand on the page.')),
      false,
    ),
    thank: z._default(z.boolean('thank is true or false.').check(z.describe('By mail.')), false),
  },
  'The body is an object.',
);

export type EnteredPaymentRequest = z.output<typeof enteredPaymentSchema>;

/** An older day is most likely a typing error in its year. Milliseconds. */
const oldest = 400 * 86_400_000;

/**
 * What no field can say alone.
 * @throws Problem `invalid` that names the field
 */
export function requireSense(request: EnteredPaymentRequest, now: Date): void {
  const { day, amount: typed, amountAgain, name, email, receiptName, thank, mayShow } = request;
  if (receiptName !== undefined && name === undefined)
    throw wrong('name', 'A receipt is for a known donor. Type the name, too.');
  if (day > hongKongDay(now))
    throw wrong('day', 'The day lies in the future. Money is entered once it is there.');
  if (day < hongKongDay(new Date(now.getTime() - oldest))) {
    throw wrong('day', 'The day lies more than 400 days back. Please check its year.');
  }
  if (typed >= typedTwiceFrom && amountAgain === undefined) {
    throw wrong('amountAgain', `From ${formatMoney(typedTwiceFrom, 'hkd')} on the amount is typed twice.`);
  }
  if (amountAgain !== undefined && amountAgain !== typed) {
    throw wrong('amountAgain', 'The two amounts are not the same. Please check both.');
  }
  if (email !== undefined && name === undefined) throw wrong('name', 'To an address belongs a name.');
  if (thank && email === undefined) {
    throw wrong(
      'email',
      'To thank the donor by mail an address is needed. Without one, leave out the thanks.',
    );
  }
  if (mayShow && name === undefined) throw wrong('name', 'A name is needed that may stand on the page.');
}

function wrong(field: string, detail: string): Problem {
  return new Problem('invalid', detail, { errors: [{ pointer: `/${field}`, detail }] });
}
