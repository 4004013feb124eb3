import * as z from 'zod/mini';
import { cents, described, oneOf, text, time } from '#kernel/staff/answer.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** An entry of the ledger as the staff reads it. */
export function entryAnswer({
  sourceId,
  kind,
  postings,
  currency,
  at,
  month,
  payment,
  fund,
  borneBy,
  reason,
}: LedgerEntry) {
  return {
    sourceId,
    kind,
    sides: postings,
    currency: currency.toUpperCase(),
    at: at.toISOString(),
    month,
    campaign: fund ?? null,
    ...(payment && { payment }),
    ...(borneBy && { borneBy }),
    ...(reason && { reason }),
  };
}

/** The same, as the API's document describes it. */
export const entryShape = () =>
  z.object({
    sourceId: text,
    kind: text,
    sides: described(
      z.array(z.object({ account: text, amount: cents('Money in is positive. Minor units.') })),
      'They sum to zero.',
    ),
    currency: text,
    at: time,
    month: described(text, 'The month of the books that it counts in.'),
    campaign: z.nullable(text),
    payment: z.optional(described(text, 'The payment that a fee, a refund or a dispute is about.')),
    borneBy: z.optional(described(oneOf(['receiver', 'fund']), 'Who bears a fee; of fees only.')),
    reason: z.optional(described(text, 'Why the staff entered it.')),
  });
