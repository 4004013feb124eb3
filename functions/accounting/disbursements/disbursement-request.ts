import * as z from 'zod/mini';
import { amount, day, parseFields, text } from '#platform/http/fields.ts';
import { isSlug } from '#platform/id-shapes.ts';
import { type Category, categoryNames } from './categories.ts';
import { recipientKinds } from './disbursement.ts';

const recipientDetail =
  'The recipient is a reference of 2 to 40 letters, digits, dots or hyphens that names nobody: F-0042.';
const voucherDetail = 'The voucher number has 1 to 40 letters, digits, dots, slashes or hyphens.';

/** What the staff sends to request money for a family. The sign-in says who requests it, so there is no field for that. */
export const disbursementSchema = z.strictObject(
  {
    campaign: z.string('The campaign is a slug.').check(z.refine(isSlug, 'The campaign is a slug.')),
    amount: amount(),
    category: z.enum(
      categoryNames as [Category, ...Category[]],
      `The category is one of: ${categoryNames.join(', ')}.`,
    ),
    recipient: z.string(recipientDetail).check(z.regex(/^[A-Za-z0-9][A-Za-z0-9.-]{1,39}$/, recipientDetail)),
    recipientKind: z._default(
      z.enum(recipientKinds, 'The recipient is a "family" or a "supplier", such as a landlord or a shop.'),
      'family',
    ),
    note: z.optional(text('The note', 500, { lines: true })),
  },
  'The body is an object with campaign, amount, category, recipient and perhaps recipientKind and a note.',
);

/** A request: money of a campaign, for a category, to a recipient who is named by a reference alone. */
export type DisbursementRequest = z.infer<typeof disbursementSchema>;

export const reasonSchema = z.strictObject(
  { reason: text('The reason', 300, { lines: true }) },
  'The body is an object with the field reason.',
);

/** The body of a step that needs nothing but its address: the sign-in alone says who takes the step. */
export const nothingSchema = z.strictObject({}, 'The body is an empty object.');

/** The form of a payout to a recipient, without its file. */
export const payOutSchema = z.strictObject(
  {
    day,
    from: z.enum(['cash', 'bank'], 'The money comes from "cash" or "bank".'),
    voucherNumber: z.string(voucherDetail).check(z.regex(/^[\w./-]{1,40}$/, voucherDetail)),
  },
  'The form has the fields day, from, voucherNumber and the file voucher.',
);

export type PayOutForm = z.infer<typeof payOutSchema>;

/**
 * Reads the form of paying out.
 * @throws Problem `invalid` that names each wrong field
 */
export function parsePayOut(fields: unknown): PayOutForm {
  return parseFields(payOutSchema, fields);
}
