import * as z from 'zod/mini';
import { Problem } from '../platform/errors.ts';
import { parseFields, text } from '../platform/fields.ts';
import { largestGift, smallestGift } from '../platform/money.ts';

/** The longest name and message, in Unicode characters. */
export const longestName = 100;
export const longestMessage = 300;

const amount = z
  .int('The amount is a whole number of cents, for example 50000 for HK$500.00.')
  .check(
    z.minimum(
      smallestGift,
      'The amount is at least 400 (HK$4.00), which is the smallest that can be charged.',
    ),
    z.maximum(largestGift, 'The amount is at most 99999999 (HK$999,999.99).'),
  );

/** What a giver sends to start a gift's checkout. */
export const giftCheckoutSchema = z.strictObject({
  amount,
  frequency: z.enum(['once', 'monthly'], 'The frequency is "once".'),
  coverFee: z.optional(z.boolean('coverFee is true or false.')),
  name: text('The name', longestName),
  email: z
    .string('The e-mail address is a text.')
    .check(
      z.maxLength(254, 'The e-mail address has at most 254 characters.'),
      z.email('The e-mail address has the form name@example.org.'),
    ),
  receiptName: z.optional(z.unknown()),
  language: z.enum(['en', 'zh-HK'], 'The language is "en" or "zh-HK".'),
  hideName: z._default(z.boolean('hideName is true or false.'), false),
  hideAmount: z._default(z.boolean('hideAmount is true or false.'), false),
  message: z.optional(text('The message', longestMessage, { lines: true })),
  dedication: z.optional(z.unknown()),
  again: z.optional(z.boolean('again is true or false.')),
  marketingConsent: z._default(z.boolean('marketingConsent is true or false.'), false),
});

/** A request for a gift's checkout that is right in every field. */
export type GiftCheckoutRequest = z.infer<typeof giftCheckoutSchema>;

/**
 * Checks a request for a gift's checkout.
 * @throws Problem `invalid` that names each wrong field, or `not-offered` for what is not built yet
 */
export function parseGiftCheckout(body: unknown): GiftCheckoutRequest {
  const request = parseFields(giftCheckoutSchema, body);
  const refused = notOffered(request);
  if (refused.length > 0) {
    throw new Problem('not-offered', 'This cannot be chosen yet.', {
      errors: refused.map((field) => ({
        pointer: `/${field}`,
        detail: `${field} is not offered yet; leave it out.`,
      })),
    });
  }
  return request;
}

function notOffered(request: GiftCheckoutRequest): string[] {
  const refused: string[] = [];
  if (request.frequency === 'monthly') refused.push('frequency');
  if (request.coverFee) refused.push('coverFee');
  if (request.receiptName !== undefined) refused.push('receiptName');
  if (request.dedication !== undefined) refused.push('dedication');
  return refused;
}
