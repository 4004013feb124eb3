import { entryPaths } from '#accounting/journal/staff-entry-request.ts';
import { idempotencyKey, type Operation, schema } from './operation.ts';
import {
  amount,
  bodyProblems,
  entry,
  inPath,
  list,
  month,
  nextCursor,
  object,
  ofStaff,
  oneOf,
  orNull,
  text,
  texts,
  time,
} from './staff-parts.ts';

const accountMonth = object({
  month: text,
  sums: { type: 'object', additionalProperties: amount },
  entries: { type: 'integer' },
  asOf: time,
  isFinal: { type: 'boolean', description: 'Added up after the month was closed.' },
});

const coverage = object({
  money: {
    ...amount,
    description: 'At Stripe, in the bank and in cash, without what nobody has claimed (`unassigned`).',
  },
  held: { ...amount, description: 'What all funds hold together.' },
  feesNotDue: {
    ...amount,
    description: 'Card fees that were not paid in, as far as they are of months that cannot be closed yet.',
  },
  missing: {
    ...amount,
    description: 'What is to be paid in before “100% passed on” is said; 0 when nothing is.',
  },
});

const difference = object({ kind: text, id: text, amount });

const payout = object({
  payoutId: text,
  amount,
  currency: text,
  createdAt: time,
  arrivesAt: time,
  state: oneOf(['expected', 'matched', 'failed', 'differs', 'by-hand', 'accepted']),
  unknownCharges: { ...texts, description: 'Payments in it that are not in the books.' },
  differences: { type: 'array', items: difference },
  toDo: orNull(text),
  reason: orNull(text),
});

const readingBooks: readonly Operation[] = [
  ofStaff({
    id: 'listAccounts',
    method: 'get',
    path: '/api/staff/accounts',
    summary: 'What every account holds',
    tells:
      'As it was last added up, at most an hour ago, with what each month changed, and whether the money that the funds hold is there.',
    right: 'ledger.read',
    answers: list(
      'Each account.',
      {
        currency: text,
        months: { type: 'array', items: accountMonth },
        asOf: orNull(time),
        coverage: orNull(coverage),
      },
      object({ account: text, balance: { ...amount, description: 'Minor units.' } }),
    ),
    problems: [],
  }),
  ofStaff({
    id: 'listLedger',
    method: 'get',
    path: '/api/staff/ledger',
    summary: 'A month of the ledger',
    tells: 'In pages, in no order. A page may hold few entries, or none, before the last.',
    right: 'ledger.read',
    parameters: [
      month,
      {
        name: 'account',
        in: 'query',
        description: 'Only entries with a side of it.',
        schema: text,
        example: 'bank',
      },
      { name: 'cursor', in: 'query', description: 'The `nextCursor` of the page before.', schema: text },
    ],
    answers: list('Each entry.', { nextCursor }, entry),
    problems: ['invalid'],
  }),
  ofStaff({
    id: 'listMonths',
    method: 'get',
    path: '/api/staff/months',
    summary: 'The months of the books',
    tells: 'And when each was closed.',
    right: 'ledger.read',
    answers: list('Each month.', {}, object({ month: text, closedAt: orNull(time) })),
    problems: [],
  }),
  ofStaff({
    id: 'listPayouts',
    method: 'get',
    path: '/api/staff/payouts',
    summary: 'A month’s payouts of Stripe',
    tells: 'Each with what in it the books do not hold, and what to do about it.',
    right: 'ledger.read',
    parameters: [month],
    answers: list('Each payout, the newest first.', { nextCursor }, payout),
    problems: ['invalid'],
  }),
];

/** What the staff does with the books. */
export const books: readonly Operation[] = [
  ...readingBooks,
  ofStaff({
    id: 'enterEntry',
    method: 'post',
    path: '/api/staff/ledger/{kind}',
    summary: 'Enter something into the books',
    tells:
      'What was there before, a transfer between funds, money into the cash box or back, a count of the cash, card fees that the receiver pays in, a correction. A closed month takes nothing: the problem names the month that does.',
    right: 'ledger.enter',
    parameters: [
      {
        ...inPath('kind', 'What is entered; it decides about the body.', 'transfers'),
        schema: oneOf(entryPaths),
      },
      idempotencyKey,
    ],
    body: {
      schema: {
        anyOf: (
          ['OpeningBalance', 'Transfer', 'CashFloat', 'CashCount', 'FeeReimbursement', 'Correction'] as const
        ).map(schema),
      },
      example: { from: 'soup-kitchen', to: 'education', amount: 20_000, reason: 'The goal was reached.' },
    },
    answers: entry,
    statuses: { 201: 'It is in the books.' },
    problems: [
      ...bodyProblems,
      'idempotency-key-missing',
      'idempotency-key-reused',
      'not-found',
      'not-in-fund',
      'not-in-account',
      'already-opened',
      'month-closed',
    ],
  }),
  ofStaff({
    id: 'closeMonth',
    method: 'post',
    path: '/api/staff/months/{month}/close',
    summary: 'Close a month of the books',
    tells:
      'For ever: later entries of it count in the next open month. Months are closed in order, a week after their end.',
    right: 'month.close',
    parameters: [inPath('month', 'Which one.', '2026-10'), idempotencyKey],
    answers: object({ month: text, closedAt: time }),
    problems: [
      'idempotency-key-missing',
      'invalid',
      'month-not-over',
      'months-in-order',
      'month-not-settled',
    ],
  }),
  ofStaff({
    id: 'acceptPayout',
    method: 'post',
    path: '/api/staff/payouts/{payoutId}/accept',
    summary: 'Accept a payout that differs',
    tells: 'With a reason; the audit keeps who did.',
    right: 'attention.settle',
    parameters: [inPath('payoutId', 'Stripe’s payout.', 'po_1Q0example'), idempotencyKey],
    body: {
      schema: schema('PayoutReason'),
      example: { reason: 'A sale of the other shop on this account.' },
    },
    answers: payout,
    problems: [
      ...bodyProblems,
      'idempotency-key-missing',
      'idempotency-key-reused',
      'not-found',
      'payout-settled',
    ],
  }),
];
