import * as z from 'zod/mini';
import { text } from '#platform/http/fields.ts';

/** What the staff sends to resolve something that asked for a person. */
export const attentionNoteSchema = z.strictObject(
  { note: text('The note', 500, { lines: true }) },
  'The body is an object.',
);
