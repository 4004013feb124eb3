import { categoryNames } from '#accounting/disbursements/categories.ts';
import { recipientKinds } from '#accounting/disbursements/disbursement.ts';
import { idempotencyKey, type Operation, page, schema } from './operation.ts';
import {
  amount,
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

const id = inPath('id', 'The request.', 'dsb_0123456789abcdef0123456789abcdef');

const disbursement = object({
  id: text,
  campaign: text,
  amount,
  currency: text,
  category: oneOf(categoryNames),
  recipient: { ...text, description: 'The caseworker’s own reference, which names nobody.' },
  recipientKind: oneOf([...recipientKinds]),
  note: orNull(text),
  state: oneOf(['requested', 'approved', 'handed-over', 'acknowledged', 'refused', 'cancelled']),
  requestedBy: text,
  requestedAt: time,
  steps: { type: 'array', items: object({ step: text, by: text, at: time, reason: orNull(text) }) },
  handOver: orNull(
    object({
      day: text,
      from: oneOf(['cash', 'bank']),
      voucherNumber: text,
      voucherDigest: { ...text, description: 'SHA-256 of the voucher’s file, which is not kept.' },
      month: text,
    }),
  ),
});

const stepProblems = [
  'idempotency-key-missing',
  'idempotency-key-reused',
  'not-found',
  'passed-on-state',
] as const;

const step = (
  name: string,
  right: string,
  told: Pick<Operation, 'summary'> & { readonly tells: string } & Partial<
      Pick<Operation, 'body' | 'problems'>
    >,
): Operation =>
  ofStaff({
    id: `${name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}PassedOn`,
    method: 'post',
    path: `/api/staff/passed-on/{id}/${name}`,
    right,
    parameters: [id, idempotencyKey],
    answers: disbursement,
    body: { schema: schema('Nothing'), example: {} },
    ...told,
    problems: [...bodyProblems, ...stepProblems, ...(told.problems ?? [])],
  });

const withReason = { schema: schema('PassedOnReason'), example: { reason: 'It was asked for twice.' } };

/** What the staff does with money on its way to families. */
export const passedOn: readonly Operation[] = [
  ofStaff({
    id: 'listPassedOn',
    method: 'get',
    path: '/api/staff/passed-on',
    summary: 'What was requested in a month',
    tells: 'Newest first, with every step that was taken.',
    right: 'passed-on.read',
    parameters: [month, ...page],
    answers: list('Each request.', { nextCursor }, disbursement),
    problems: ['invalid'],
  }),
  ofStaff({
    id: 'getPassedOn',
    method: 'get',
    path: '/api/staff/passed-on/{id}',
    summary: 'One request',
    tells: 'With every step that was taken.',
    right: 'passed-on.read',
    parameters: [id],
    answers: disbursement,
    problems: ['not-found'],
  }),
  ofStaff({
    id: 'requestPassedOn',
    method: 'post',
    path: '/api/staff/passed-on',
    summary: 'Request money for a family',
    tells: 'Another person approves it.',
    right: 'passed-on.request',
    parameters: [idempotencyKey],
    body: {
      schema: schema('PassedOnRequest'),
      example: { campaign: 'emergency-cash', amount: 80_000, category: 'rent', recipient: 'F-0042' },
    },
    answers: disbursement,
    statuses: { 201: 'It waits for approval.' },
    problems: [...bodyProblems, 'idempotency-key-missing', 'idempotency-key-reused'],
  }),
  step('approve', 'passed-on.approve', {
    summary: 'Approve a request',
    tells: 'Never by the person who requested it.',
    problems: ['second-person'],
  }),
  step('refuse', 'passed-on.approve', {
    summary: 'Refuse a request',
    tells: 'With a reason.',
    body: withReason,
  }),
  step('cancel', 'passed-on.request', {
    summary: 'Take a request back',
    tells: 'With a reason.',
    body: withReason,
  }),
  step('hand-over', 'passed-on.hand-over', {
    summary: 'Note the handing over',
    tells: 'A form with the voucher’s file, of which only the SHA-256 is kept; it is at most 4 MB.',
    body: {
      type: 'multipart/form-data',
      schema: schema('HandOver'),
      example: { day: '2026-11-22', from: 'cash', voucherNumber: 'V-17', voucher: 'voucher.pdf' },
    },
    problems: ['not-in-fund', 'not-in-account'],
  }),
  step('acknowledge', 'passed-on.acknowledge', {
    summary: 'Note that the family has it',
    tells: 'The last step.',
  }),
];
