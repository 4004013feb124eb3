import * as z from 'zod/mini';
import { changed, described, list, text, time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import * as fields from '#platform/http/fields.ts';
import { inPath, json } from '#platform/http/input.ts';
import { answerDueBy } from './complaint.ts';
import { readComplaints } from './read-complaints.ts';
import { resolveComplaint } from './resolve-complaint.ts';

const listed = endpoint({
  id: 'listComplaints',
  method: 'get',
  path: '/api/staff/complaints',
  right: 'complaint.answer',
  summary: 'Complaints that you may read',
  description:
    'Of the last twelve months, newest first. The configuration names who reads complaints; who is meant by one never sees it. Everybody else is answered an empty list.',
  input: {},
  answer: () =>
    list(
      'Each complaint.',
      z.object({
        id: text,
        text,
        contact: z.nullable(text),
        about: described(z.nullable(text), 'Whom it is about, by the configuration’s id.'),
        receivedAt: time,
        dueBy: described(time, 'By when it is answered.'),
        answered: z.nullable(z.object({ by: text, at: time, note: text })),
      }),
    ),
  run: async (_, { permit, table, now }) => ({
    data: (await readComplaints({ permit }, { table, now })).map(
      ({ id, text: written, contact, about, receivedAt, answer }) => ({
        ...{ id, text: written, contact: contact ?? null, about: about ?? null },
        receivedAt: receivedAt.toISOString(),
        dueBy: answerDueBy(receivedAt).toISOString(),
        answered: answer ? { by: answer.by, at: answer.at.toISOString(), note: answer.note } : null,
      }),
    ),
  }),
});

const answerSchema = z.strictObject(
  { note: fields.text('What was answered or done', 1000, { lines: true }) },
  'The body is an object with note.',
);

export const resolveComplaintEndpoint = endpoint({
  id: 'resolveComplaint',
  method: 'post',
  path: '/api/staff/complaints/{id}/resolve',
  right: 'complaint.answer',
  summary: 'Record the answer to a complaint',
  description: 'It is kept with who recorded it and when. A repeat changes nothing: the first answer stays.',
  input: {
    id: inPath({ description: 'As the list says it.', example: 'cmp_0123456789abcdef0123456789abcdef' }),
    body: json(
      { ComplaintAnswer: answerSchema },
      { note: 'Wrote to them on Friday; the receipt was found.' },
    ),
  },
  answer: () => z.object({ changed }),
  problems: ['not-found', 'idempotency-key-reused'],
  run: async ({ id, body: { note } }, { idempotencyKey, permit, table, now }) => ({
    changed: await resolveComplaint({ id, note, idempotencyKey, permit }, { table, now }),
  }),
});

/** What the readers of complaints do. */
export const complaintApi = [listed, resolveComplaintEndpoint];
