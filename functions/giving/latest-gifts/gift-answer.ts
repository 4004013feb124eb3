import * as z from 'zod/mini';
import { frequencies } from '#payments/received/payment-fact.ts';

const publicGift = z.object({
  name: z
    .nullable(z.string())
    .check(
      z.describe(
        'The name that the donor chose to show; null when there is none, it is hidden, or it waits for a person.',
      ),
    ),
  amount: z
    .nullable(z.int())
    .check(z.describe('Minor units: 50000 is HK$500.00. Null when the donor hid it.')),
  message: z
    .nullable(z.string())
    .check(z.describe("The donor's comment; null until a person has approved it.")),
  frequency: z.enum(frequencies).check(z.describe('How often it is given.')),
  at: z.iso.datetime().check(z.describe('When it was paid, UTC.')),
});

/** A page of a campaign's public gifts, newest first. */
export const giftsAnswer = z.object({
  data: z.array(publicGift),
  nextCursor: z
    .nullable(z.string())
    .check(
      z.describe(
        'The `cursor` of the next page; null on the last one. A page without gifts may have one: older months follow.',
      ),
    ),
});

export type GiftsAnswer = z.infer<typeof giftsAnswer>;
