import * as z from 'zod/mini';
import { text } from '#platform/http/fields.ts';

export const payoutReasonSchema = z.strictObject(
  { reason: text('The reason', 500, { lines: true }) },
  'The body is an object.',
);
