import * as z from 'zod/mini';
import { refundReasons } from './refund-request.ts';

const amountSentence = 'The amount is a whole number of cents above zero; leave it out for all that is left.';

/** What the staff sends to have a gift refunded. */
export const refundSchema = z.strictObject(
  {
    amount: z.optional(
      z
        .int(amountSentence)
        .check(z.gte(1, amountSentence), z.describe('Minor units; all that is left when it is left out.')),
    ),
    currency: z.optional(z.string('The currency is a code, such as "HKD".')),
    reason: z.enum(refundReasons, `The reason is one of: ${refundReasons.join(', ')}.`),
  },
  'The body is an object with the field reason, and perhaps amount and currency.',
);
