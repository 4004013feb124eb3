import * as z from 'zod/mini';
import { described, oneOf, paged, text, time, truth } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { month } from '#kernel/staff/month-input.ts';
import { reply } from '#platform/http/endpoint.ts';
import { day, text as typedText } from '#platform/http/fields.ts';
import { inPath, json, page } from '#platform/http/input.ts';
import { endPersonRequest } from './end-request-of-person.ts';
import { enterPersonRequest } from './enter-request-of-person.ts';
import { listPersonRequests } from './list-person-requests.ts';
import { dueOf, type PersonRequest, requestEnds, requestKinds } from './person-request.ts';

const hasSeenIdentity = z
  .boolean('hasSeenIdentity is true or false.')
  .check(z.describe('A person of the staff saw who it is. Nothing is copied.'));

/** What a person asked for. */
const enteredSchema = z.strictObject(
  {
    kind: z.enum(requestKinds, `What is asked for: ${requestKinds.join(', ')}.`),
    day: day.check(z.describe('On which it was received, in Hong Kong.')),
    payment: z.optional(
      z
        .string('The payment is the reference of one.')
        .check(z.regex(/^\w{1,100}$/, 'The payment is the reference of one, such as pi_….')),
    ),
    hasSeenIdentity: z._default(hasSeenIdentity, false),
  },
  'The body is an object.',
);

/** How it ended. */
const endedSchema = z.strictObject(
  {
    how: z.enum(requestEnds, 'It was "done" or "refused".'),
    reason: z.optional(typedText('The reason', 500, { lines: true })),
    hasSeenIdentity: z._default(hasSeenIdentity, false),
  },
  'The body is an object.',
);

const shape = () =>
  z.object({
    ...{ id: text, kind: oneOf(requestKinds), day: text, hasSeenIdentity: truth },
    payment: z.nullable(text),
    dueBy: described(time, 'The end of the fortieth day.'),
    state: oneOf(['open', ...requestEnds]),
    reason: z.nullable(text),
    endedAt: z.nullable(time),
  });

const list = endpoint({
  id: 'listPersonRequests',
  method: 'get',
  path: '/api/staff/person-requests',
  right: 'person.read',
  summary: 'What people asked for about what is kept of them',
  description:
    'Of a month, by the day on which it was received, newest first. It is kept for four years after its end.',
  input: { month, ...page },
  answer: () => paged('Each request.', shape()),
  run: async ({ month: of, ...paging }, { table, now, permit }) => {
    const name = `person-requests ${of}`;
    const { data, next } = await listPersonRequests(
      { month: of, paging: pageOf(name, paging), permit },
      { table, now },
    );
    return { data: data.map(toJson), nextCursor: nextCursor(name, next) };
  },
});

export const enterRequestEndpoint = endpoint({
  id: 'enterPersonRequest',
  method: 'post',
  path: '/api/staff/person-requests',
  right: 'person.write',
  summary: 'Write down what a person asked for',
  description:
    'Access, correction, erasure or objection. It stands among what waits until it is ended, with the fortieth day, which the law sets. It holds no name: `payment` leads to the person.',
  input: { body: json({ PersonRequest: enteredSchema }, { kind: 'access', day: '2026-11-22' }) },
  answer: shape,
  statuses: { 201: 'It waits.' },
  problems: ['idempotency-key-reused'],
  run: async ({ body }, { permit, idempotencyKey, table, now }) => {
    const entered = await enterPersonRequest({ request: body, idempotencyKey, permit }, { table, now });
    return reply(toJson(entered), { status: 201 });
  },
});

export const endRequestEndpoint = endpoint({
  id: 'endPersonRequest',
  method: 'post',
  path: '/api/staff/person-requests/{id}/end',
  right: 'person.write',
  summary: 'End what a person asked for',
  description: 'It was done, or is refused with a reason. It is kept for four years from then on.',
  input: {
    id: inPath({ description: 'The request.', example: 'prq_0123456789abcdef0123456789abcdef' }),
    body: json({ PersonRequestEnd: endedSchema }, { how: 'done', hasSeenIdentity: true }),
  },
  answer: shape,
  problems: ['idempotency-key-reused', 'not-found', 'request-ended'],
  run: async ({ id, body }, { permit, idempotencyKey, table, now }) =>
    toJson(await endPersonRequest({ id, said: body, idempotencyKey, permit }, { table, now })),
});

/** The staff's operations on what people ask for. */
export const personRequestApi = [list, enterRequestEndpoint, endRequestEndpoint];

function toJson(request: PersonRequest) {
  const { id, kind, day: received, paymentId, hasSeenIdentity: seen, end } = request;
  return {
    ...{ id, kind, day: received, hasSeenIdentity: seen },
    payment: paymentId ?? null,
    dueBy: dueOf(request).toISOString(),
    state: end?.how ?? 'open',
    reason: end?.reason ?? null,
    endedAt: end?.at.toISOString() ?? null,
  } as const;
}
