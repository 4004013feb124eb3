import * as z from 'zod/mini';
import { campaignAnswer, campaignsAnswer } from '#giving/campaigns/campaign-answer.ts';
import { checkoutAnswer, startedCheckoutAnswer } from '#giving/gift-form/checkout-answer.ts';
import type { giftCheckoutSchema } from '#giving/gift-form/checkout-request.ts';
import { giftsAnswer } from '#giving/latest-gifts/gift-answer.ts';
import { moneyAnswer } from '#giving/money-page/money-answer.ts';
import { type ProblemCode, problems } from '#platform/errors.ts';
import type { Schema } from '#platform/http/described.ts';

const codes = Object.keys(problems) as ProblemCode[];

const fieldError = z.object({
  pointer: z
    .string()
    .check(
      z.describe(
        'Where: a JSON pointer into the body (RFC 6901), `/limit` or `/cursor` for a parameter, or the name of a header.',
      ),
    ),
  detail: z.string().check(z.describe('What would be right.')),
});

/** What is answered to a request that cannot be carried out (RFC 9457). */
const problemAnswer = z.object({
  type: z.string().check(z.describe('`urn:tideover:problem:` with the code.')),
  title: z.string().check(z.describe('The same for every problem of this code.')),
  status: z.int().check(z.describe('The HTTP status.')),
  detail: z.string().check(z.describe('What is wrong this time, for a person.')),
  code: z.enum(codes).check(z.describe('Programs may decide by it; the list is closed.')),
  errors: z.optional(z.array(fieldError)).check(z.describe('Each field that is not right.')),
});

/** The schemas of the public calls, by their names in the document; those of the staff's calls are named where they are declared. */
export const schemas = {
  Campaign: campaignAnswer,
  CampaignPage: campaignsAnswer,
  GiftPage: giftsAnswer,
  Money: moneyAnswer,
  StartedCheckout: startedCheckoutAnswer,
  Checkout: checkoutAnswer,
  Problem: problemAnswer,
};

export type SchemaName = keyof typeof schemas;

/** What the fields of a request mean; the schema itself holds their limits. */
const requestFields: Readonly<Record<keyof typeof giftCheckoutSchema.shape, string>> = {
  amount: 'Minor units: 50000 is HK$500.00.',
  frequency: 'How often to give. `monthly` is not offered yet and answered 422 `not-offered`.',
  coverFee:
    'Whether the donor adds about what the card company takes: a line of its own on the payment page, never counted as raised. Ask with a box that is not ticked beforehand. Answered 422 `not-offered` where the charity has configured no rates.',
  name: 'The donor’s name: we thank it by mail, and it is never public. It has at least one visible character, and no control characters.',
  email: 'Where the thank-you mail goes. Never shown.',
  receiptName: 'The name that a receipt shall be made out to, if it is another one. Never public.',
  language: 'The language of the payment page and of the mail.',
  displayName:
    'The name beside the gift in public. Without it the gift is shown as “Anonymous”: ask for it apart from the name, and do not fill it in beforehand. A name with a link, an address, a handle, a telephone number, invisible or piled-up marks is shown as “Anonymous” too, until a person has approved it.',
  hideName: 'Hides the display name too.',
  hideAmount:
    'Hides the amount in the list of gifts. It still counts in the totals at once, so anybody who reads them before and after can work it out: say so beside the box.',
  message:
    'The donor’s comment. It is shown once a person has approved it. Line breaks are the only control characters.',
  dedication: 'Not offered yet: leave it out.',
  again: 'True after a 409 `again`: the donor means to give the same once more.',
  marketingConsent:
    'Whether the donor agreed to appeals by mail. Show the wording of the giving page, unticked; it is stored with the consent.',
};

/**
 * Makes the document's schemas from the schemas that the functions use.
 * @param more the staff's schemas, by name
 */
export function componentSchemas(more: Readonly<Record<string, z.ZodMiniType>>): Record<string, Schema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ...schemas, ...more })) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    uri: reference,
    // As input: a field with a default is not required, and an unknown field in an answer is no error.
    io: 'input',
  });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [
      id,
      id === 'GiftCheckout' ? withMeanings(schema as Schema) : (schema as Schema),
    ]),
  );
}

/** The reference to a schema of the document. */
export function reference(name: string): string {
  return `#/components/schemas/${name}`;
}

function withMeanings(schema: Schema): Schema {
  const described = Object.entries(requestFields).map(([name, description]) => [
    name,
    { ...schema.properties?.[name], description },
  ]);
  return { ...schema, properties: Object.fromEntries(described) as Record<string, Schema> };
}
