import * as z from 'zod/mini';

/** A decision of the staff about a donor's comment. */
export const commentDecisionSchema = z.strictObject(
  { decision: z.enum(['approve', 'refuse'], 'The decision is "approve" or "refuse".') },
  'The body is an object with the field decision.',
);

/** A decision of the staff about the name beside a gift. */
export const nameDecisionSchema = z.strictObject(
  { decision: z.enum(['show', 'hide'], 'The decision is "show" or "hide".') },
  'The body is an object with the field decision.',
);
