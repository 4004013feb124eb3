import * as z from 'zod/mini';

/** What somebody decided about a donor's words. */
export const commentDecisionSchema = z.strictObject(
  { decision: z.enum(['approve', 'refuse'], 'The decision is "approve" or "refuse".') },
  'The body is an object with the field decision.',
);

/** What somebody decided about the name that stands beside a gift. */
export const nameDecisionSchema = z.strictObject(
  { decision: z.enum(['show', 'hide'], 'The decision is "show" or "hide".') },
  'The body is an object with the field decision.',
);
