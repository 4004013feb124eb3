import { attentionKinds } from '#kernel/attention/attention-item.ts';
import type { Parameter } from '#platform/http/described.ts';
import { idempotencyKey, type Operation, page, schema } from './operation.ts';
import {
  bodyProblems,
  inPath,
  list,
  month,
  nextCursor,
  object,
  ofStaff,
  oneOf,
  orNull,
  text,
  time,
} from './staff-parts.ts';

const attention = {
  kind: oneOf(attentionKinds),
  id: {
    ...text,
    description: 'The payment, refund, request, payout, message or Stripe’s object it is about.',
  },
  at: time,
  paymentId: orNull(text),
  checkoutId: orNull(text),
  reason: { ...orNull(text), description: 'Why, where the kind alone does not say.' },
  advice: { ...orNull(text), description: 'What to do about it, where one sentence says it.' },
  dueBy: { ...orNull(time), description: 'Until when something can be done about it.' },
  settled: orNull(object({ by: text, at: time, note: text })),
};

const kind: Parameter = {
  name: 'kind',
  in: 'query',
  description: 'Only of this kind.',
  schema: oneOf(attentionKinds),
};
const settled: Parameter = {
  name: 'settled',
  in: 'query',
  description: 'Whether what was settled is listed too.',
  schema: { type: 'boolean', default: false },
};
const changed = { type: 'boolean', description: 'False when it was so before.' };

/** What waits for a person, and gifts that are held for one. */
export const attentions: readonly Operation[] = [
  ofStaff({
    id: 'listAttention',
    method: 'get',
    path: '/api/staff/attention',
    summary: 'What waits for a person',
    tells: 'What the software could not settle alone in a month, newest first.',
    right: 'attention.read',
    parameters: [month, kind, settled, ...page],
    answers: list('Each of them.', { nextCursor }, object(attention)),
    problems: ['invalid'],
  }),
  ofStaff({
    id: 'settleAttention',
    method: 'post',
    path: '/api/staff/attention/{kind}/{id}/settle',
    summary: 'Settle what waited for a person',
    tells: 'It is kept with who settled it, when, and the note. Again changes nothing: the first note stays.',
    right: 'attention.settle',
    parameters: [
      inPath('kind', 'As the list says it.', 'gift-held'),
      inPath('id', 'As the list says it.', 'pi_3Q0example'),
      idempotencyKey,
    ],
    body: { schema: schema('AttentionNote'), example: { note: 'Spoke to the giver.' } },
    answers: object({ ...attention, changed }),
    problems: [...bodyProblems, 'idempotency-key-missing', 'idempotency-key-reused', 'not-found'],
  }),
  ofStaff({
    id: 'releaseGift',
    method: 'post',
    path: '/api/staff/gifts/{paymentId}/release',
    summary: 'Let the public see a gift that was held',
    tells: 'It is booked, counted and thanked for already. What asked for a person is settled with it.',
    right: 'gift.hold-release',
    parameters: [inPath('paymentId', 'Stripe’s PaymentIntent.', 'pi_3Q0example'), idempotencyKey],
    answers: object({ paymentId: text, changed }),
    problems: ['idempotency-key-missing', 'not-found', 'gift-not-held'],
  }),
];
