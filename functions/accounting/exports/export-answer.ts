import * as z from 'zod/mini';
import { exportKinds } from './export.ts';

const nullable = <T extends z.ZodMiniType>(schema: T, description: string) =>
  z.nullable(schema).check(z.describe(description));

/** An export as the staff reads it. */
export const exportAnswer = z.object({
  id: z.string(),
  kind: z.enum(exportKinds),
  from: z.string().check(z.describe('The first Hong Kong month.')),
  to: z.string().check(z.describe('The last one, included.')),
  campaign: nullable(z.string(), 'One campaign alone; null for all.'),
  people: z.boolean().check(z.describe('Whether the file names the donors.')),
  state: z
    .enum(['asked', 'running', 'done', 'failed', 'expired'])
    .check(z.describe('`expired`: the file was deleted, seven days after it was written.')),
  reason: nullable(
    z.enum(['out-of-time', 'files-unavailable', 'books-unavailable', 'unexpected']),
    'Why it failed; null unless it did.',
  ),
  askedBy: z.string(),
  askedAt: z.iso.datetime(),
  rows: nullable(z.int(), 'Rows below the header; null until it is done.'),
  bytes: nullable(z.int(), 'The size of the file; null until it is done.'),
  sha256: nullable(z.string(), 'Of the file, hexadecimal digits; null until it is done.'),
  keptUntil: nullable(z.iso.datetime(), 'Until when the file can be fetched; null until it is done.'),
  url: nullable(
    z.string(),
    'Anybody with this link can fetch the file until `expiresAt`; each GET of the export makes a new one. Null in lists, until it is done, and without the right `person.read` for a file with people.',
  ),
  expiresAt: nullable(z.iso.datetime(), 'When the link ends, fifteen minutes after it was made.'),
});

export const exportsAnswer = z.object({
  data: z.array(exportAnswer),
  nextCursor: nullable(z.string(), 'The `cursor` of the next page; null on the last one.'),
});

export type ExportAnswer = z.infer<typeof exportAnswer>;
