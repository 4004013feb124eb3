import * as z from 'zod/mini';
import { type CardFee, feeCover } from '#payments/checkout/fee-cover.ts';
import { charity } from '#platform/charity.ts';
import { Problem } from '#platform/errors.ts';
import { parseFields, text } from '#platform/http/fields.ts';
import { type AddressFault, longestAddress, readMailAddress } from '#platform/mail-address.ts';
import { formatMoney, largestPayment } from '#platform/money.ts';

/**
 * The longest name, comment and e-mail address (RFC 5321, section 4.5.3.1.3), counted as browsers count (`text`). The form's
 * `maxlength` is the same.
 */
export const longestName = 100;
export const longestMessage = 300;
export const longestEmail = longestAddress;

const amount = z.int('The amount is a whole number of cents, for example 50000 for HK$500.00.').check(
  // The sentences are built only when needed: formatting the first amount takes 17 ms.
  z.minimum(charity.smallestGift, { error: () => `The amount is at least ${inBoth(charity.smallestGift)}.` }),
  z.maximum(largestPayment, { error: () => `The amount is at most ${inBoth(largestPayment)}.` }),
);

function inBoth(cents: number): string {
  return `${cents} (${formatMoney(cents, 'hkd')})`;
}

const addressFaults: Readonly<Record<AddressFault, string>> = {
  empty: 'The e-mail address is missing.',
  'too-long': `The e-mail address has at most ${longestEmail} characters.`,
  'no-at': 'The e-mail address has the form name@example.org.',
  'no-dot': 'The e-mail address has a domain with a dot, such as example.org.',
  'local-script':
    'The part of an e-mail address before the "@" has only ASCII characters: our mail service reaches no other.',
  local: 'Mail cannot reach the part of the e-mail address before the "@".',
  domain: 'Mail cannot reach the domain of the e-mail address.',
};

/** An e-mail address that mail reaches, as a donor typed it. */
export const mailAddress = z.string('The e-mail address is a text.').check(
  z.overwrite((typed) => {
    const read = readMailAddress(typed);
    return 'address' in read ? read.address : typed;
  }),
  z.meta({ format: 'email', maxLength: longestEmail, pattern: '^[^@]+@[^@]+[.。．｡][^@]+$' }),
  z.refine((value) => 'address' in readMailAddress(value), {
    error: ({ input }) => {
      const read = readMailAddress(String(input));
      return 'fault' in read ? addressFaults[read.fault] : addressFaults['no-at'];
    },
  }),
);

/** What a donor sends to start a gift's checkout. */
export const giftCheckoutSchema = z.strictObject({
  amount,
  frequency: z.enum(['once', 'monthly'], 'The frequency is "once".'),
  coverFee: z.optional(z.boolean('coverFee is true or false.')),
  name: text('The name', longestName),
  email: mailAddress,
  receiptName: z.optional(text('The name on the receipt', longestName)),
  language: z.enum(['en', 'zh-HK'], 'The language is "en" or "zh-HK".'),
  displayName: z.optional(text('The display name', longestName)),
  hideName: z._default(z.boolean('hideName is true or false.'), false),
  hideAmount: z._default(z.boolean('hideAmount is true or false.'), false),
  message: z.optional(text('The message', longestMessage, { lines: true })),
  dedication: z.optional(z.unknown()),
  again: z.optional(z.boolean('again is true or false.')),
  marketingConsent: z._default(z.boolean('marketingConsent is true or false.'), false),
});

export type GiftCheckoutRequest = z.infer<typeof giftCheckoutSchema>;

/**
 * @param rates the card fee that a donor can cover; undefined where the charity has configured none
 * @throws Problem `invalid` that names each wrong field, or `not-offered` for what is not built yet
 */
export function parseGiftCheckout(
  body: unknown,
  rates: { readonly cardFee?: CardFee | undefined } = charity,
): GiftCheckoutRequest {
  const request = parseFields(giftCheckoutSchema, body);
  const refused = notOffered(request, rates.cardFee);
  if (refused.length > 0) {
    throw new Problem('not-offered', 'This cannot be chosen yet.', {
      errors: refused.map((field) => ({
        pointer: `/${field}`,
        detail: `${field} is not offered yet; leave it out.`,
      })),
    });
  }
  if (request.amount + coverAsked(request, rates) > largestPayment) {
    const detail = `The amount and its card fee are together at most ${formatMoney(largestPayment, 'hkd')}.`;
    throw new Problem('invalid', detail, { errors: [{ pointer: '/amount', detail }] });
  }
  return request;
}

/** The fee cover of a request, minor units; 0 unless the request asks for it. */
export function coverAsked(
  { amount: gift, coverFee }: Pick<GiftCheckoutRequest, 'amount' | 'coverFee'>,
  { cardFee }: { readonly cardFee?: CardFee | undefined } = charity,
): number {
  return coverFee && cardFee ? feeCover(gift, cardFee) : 0;
}

function notOffered(request: GiftCheckoutRequest, cardFee: CardFee | undefined): string[] {
  const refused: string[] = [];
  if (request.frequency === 'monthly') refused.push('frequency');
  if (request.coverFee && !cardFee) refused.push('coverFee');
  if (request.dedication !== undefined) refused.push('dedication');
  return refused;
}
