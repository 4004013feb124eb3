import * as z from 'zod/mini';
import { limitCheckouts } from '#payments/guard/limit-checkouts.ts';
import { charity, languages } from '#platform/charity.ts';
import { Problem } from '#platform/errors.ts';
import { parseFields, text } from '#platform/http/fields.ts';
import { complaintId, type KeyedHash } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import { putNew } from '#platform/table/write-one.ts';
import { toComplaintItem } from './complaint-item.ts';

export const longestComplaint = 5000;
export const longestContact = 200;

const complaintSchema = z.strictObject({
  text: text('The complaint', longestComplaint, { lines: true }),
  contact: z.optional(text('How to reach you', longestContact)),
  about: z.optional(
    z
      .string('Whom it is about is one of the list.')
      .check(z.refine((id) => aboutIds().includes(id), 'Whom it is about is one of the list.')),
  ),
  language: z.enum(languages as ['en', 'zh-HK'], 'The language is en or zh-HK.'),
});

const aboutIds = () => charity.complaints?.about.map(({ id }) => id) ?? [];

/**
 * Takes a complaint, once for a form's key. Nothing of who sent it is kept but what they wrote.
 * @throws Problem `not-offered`, `invalid` or `too-many-checkouts`
 */
export async function receiveComplaint(
  { body, address, key }: { readonly body: unknown; readonly address: string; readonly key: string },
  { table, hash, now }: { readonly table: Table; readonly hash: KeyedHash; readonly now: Date },
): Promise<void> {
  if (!charity.complaints) throw new Problem('not-offered', 'Complaints are not taken here: write to us.');
  const { text: written, contact, about, language } = parseFields(complaintSchema, body);
  await limitCheckouts({ address }, { table, now, hash });
  const id = complaintId(hash, key);
  const complaint = { id, text: written, contact, about, language, receivedAt: now, answer: undefined };
  await putNew(table, toComplaintItem(complaint));
}
