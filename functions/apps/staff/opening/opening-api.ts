import * as z from 'zod/mini';
import { described, list, oneOf, text, time, truth } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { Problem } from '#platform/errors.ts';
import * as fields from '#platform/http/fields.ts';
import { inPath, json } from '#platform/http/input.ts';
import { type Tick, ticks } from './opening.ts';
import { readOpening } from './read-opening.ts';
import { closeOpening, recordOpening } from './record-opening.ts';

const read = endpoint({
  id: 'getOpening',
  method: 'get',
  path: '/api/staff/opening',
  right: 'opening.confirm',
  summary: 'What is to be done before the first gift',
  description:
    'What can be seen is computed; the rest is confirmed by a person. Stripe is asked what the desk’s key may do.',
  input: {},
  answer: () =>
    list(
      'Each thing to do, in its order.',
      z.object({
        tick: oneOf(ticks),
        done: truth,
        confirmed: described(
          z.nullable(z.object({ by: text, name: text, at: time, note: z.nullable(text) })),
          'Who has seen to it; null where nobody confirmed it.',
        ),
      }),
      { closed: described(truth, 'Whether the list is done with.') },
    ),
  run: async (_, { table, now, actor, stripe }) => {
    const opening = await readOpening({ table, now, actor, stripe });
    return {
      data: opening.list.map(({ tick, isDone, note }) => ({
        tick,
        done: isDone,
        confirmed: note
          ? { by: note.by, name: note.name, at: note.at.toISOString(), note: note.note ?? null }
          : null,
      })),
      closed: opening.isClosed,
    };
  },
});

/** Who has seen to it, and what others should know of it. */
const openingNoteSchema = z.strictObject(
  {
    name: fields.text('Your name', 80),
    note: z.optional(fields.text('The note', 300)),
  },
  'The body is an object with name, and note if there is something to say.',
);

export const recordOpeningEndpoint = endpoint({
  id: 'recordOpening',
  method: 'post',
  path: '/api/staff/opening/{tick}',
  right: 'opening.confirm',
  summary: 'Record that something was done before the first gift',
  description: 'It is kept with who confirmed it and when. A later note stands in place of an earlier one.',
  input: {
    tick: inPath({ description: 'As the list says it.', example: 'stripe-consent' }, readTick),
    body: json(
      { OpeningNote: openingNoteSchema },
      { name: 'Hazel Wong', note: 'Stripe’s mail of 12 November, in the folder Contracts.' },
    ),
  },
  answer: () => z.object({ tick: oneOf(ticks) }),
  problems: ['not-found', 'idempotency-key-reused'],
  run: async ({ tick, body: { name, note } }, { idempotencyKey, permit, table, now }) => ({
    tick: await recordOpening({ tick, name, note, idempotencyKey, permit }, { table, now }),
  }),
});

export const closeOpeningEndpoint = endpoint({
  id: 'closeOpening',
  method: 'post',
  path: '/api/staff/opening-closed',
  right: 'opening.confirm',
  summary: 'Take the list off the first page',
  description: 'Once all is done; 409 while something is not. Repeating it changes nothing.',
  input: { body: json({ CloseOpening: z.strictObject({}, 'The body is {}.') }, {}) },
  answer: () => z.object({ closed: truth }),
  problems: ['opening-not-done'],
  run: async (_, { permit, table, now, actor, stripe }) => {
    const { list: all } = await readOpening({ table, now, actor, stripe });
    if (all.some(({ isDone }) => !isDone)) {
      throw new Problem('opening-not-done', 'Something of the list is not done yet.');
    }
    await closeOpening({ permit }, { table, now });
    return { closed: true };
  },
});

/** What is to be done before the first gift. */
export const openingApi = [read, recordOpeningEndpoint, closeOpeningEndpoint];

/** @throws Problem `not-found` for a text that is none */
export function readTick(text: string): Tick {
  const tick = ticks.find((each) => each === text);
  if (!tick) throw new Problem('not-found', 'There is no such thing to do.');
  return tick;
}
