import * as z from 'zod/mini';
import { type FieldError, Problem } from '../platform/errors.ts';
import { largestGift, smallestGift } from '../platform/money.ts';

// Control characters, and the invisible ones that turn the direction of the text around them.
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

// Something to see: no mere spaces, formatting marks or fillers.
const visible = /[^\s\p{Cf}\p{Z}\p{Cs}\u115f\u1160\u3164\uffa0]/u;

function text(label: string, most: number, options: { lines?: boolean } = {}) {
  return z.string(`${label} is a text.`).check(
    z.refine((value) => visible.test(value), `${label} is not empty.`),
    z.refine((value) => value.isWellFormed(), `${label} is well-formed Unicode.`),
    z.refine((value) => [...value].length <= most, `${label} has at most ${most} characters.`),
    z.refine(
      (value) => !unprintable.test(options.lines ? value.replaceAll(/\r?\n/g, '') : value),
      `${label} holds no control characters${options.lines ? ' but line breaks' : ' or line breaks'}.`,
    ),
  );
}

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
  name: text('The name', 100),
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
  message: z.optional(text('The message', 300, { lines: true })),
  dedication: z.optional(z.unknown()),
  marketingConsent: z._default(z.boolean('marketingConsent is true or false.'), false),
});

/** A request for a gift's checkout that is right in every field. */
export type GiftCheckoutRequest = z.infer<typeof giftCheckoutSchema>;

/**
 * Checks a request for a gift's checkout.
 * @throws Problem `invalid` that names each wrong field, or `not-offered` for what is not built yet
 */
export function parseGiftCheckout(body: unknown): GiftCheckoutRequest {
  const result = giftCheckoutSchema.safeParse(body);
  if (!result.success)
    throw new Problem('invalid', describe(result.error.issues), { errors: toErrors(result.error.issues) });
  const refused = notOffered(result.data);
  if (refused.length > 0) {
    throw new Problem('not-offered', 'This cannot be chosen yet.', {
      errors: refused.map((field) => ({
        pointer: `/${field}`,
        detail: `${field} is not offered yet; leave it out.`,
      })),
    });
  }
  return result.data;
}

function notOffered(request: GiftCheckoutRequest): string[] {
  const refused: string[] = [];
  if (request.frequency === 'monthly') refused.push('frequency');
  if (request.coverFee) refused.push('coverFee');
  if (request.receiptName !== undefined) refused.push('receiptName');
  if (request.dedication !== undefined) refused.push('dedication');
  return refused;
}

type Issue = z.core.$ZodIssue;

function toErrors(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: `/${escapePointer(key)}`,
        detail: 'There is no such field.',
      }));
    }
    const pointer = issue.path.map((part) => `/${escapePointer(String(part))}`).join('');
    return [{ pointer, detail: issue.path.length === 0 ? 'The body is a JSON object.' : issue.message }];
  });
}

function describe(issues: readonly Issue[]): string {
  return toErrors(issues)[0]?.detail ?? 'Some fields are not right.';
}

/** RFC 6901, section 3. Names that a stranger sent are cut, so that an answer stays small. */
function escapePointer(part: string): string {
  return part.slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1');
}
