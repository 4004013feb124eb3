import * as z from 'zod/mini';

/** What somebody decided about a giver's words. */
export const wordsDecisionSchema = z.strictObject(
  { decision: z.enum(['approve', 'refuse'], 'The decision is "approve" or "refuse".') },
  'The body is an object with the field decision.',
);
