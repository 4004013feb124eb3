import * as z from 'zod/mini';
import { subjectKinds } from '#payments/received/subject.ts';

export const startedCheckoutAnswer = z.object({
  checkoutId: z
    .string()
    .check(
      z.regex(/^chk_[0-9a-f]{32}$/),
      z.describe('A secret: anybody who has it can see the state of the checkout.'),
    ),
  checkoutUrl: z
    .url()
    .check(z.describe("Stripe's payment page: send the donor there. It can be paid for two hours.")),
});

export const checkoutAnswer = z.object({
  status: z
    .enum(['open', 'processing', 'paid', 'expired', 'failed', 'refunded'])
    .check(z.describe('open → processing → paid → refunded; or expired, failed.')),
  amount: z.int().check(z.describe('All that is paid. Minor units: 50000 is HK$500.00.')),
  cover: z
    .int()
    .check(
      z.describe('How much of it goes towards the card fee, and does not count as raised. Minor units.'),
    ),
  subject: z.object({ kind: z.enum(subjectKinds), slug: z.string() }).check(z.describe('What is paid for.')),
  campaign: z.optional(z.string()).check(z.describe('The slug of the campaign, if it is one.')),
});

export type StartedCheckoutAnswer = z.infer<typeof startedCheckoutAnswer>;
export type CheckoutAnswer = z.infer<typeof checkoutAnswer>;
