import * as z from 'zod/mini';
import { missingMoney } from '#accounting/accounts/coverage.ts';
import { listAccounts } from '#accounting/accounts/list-accounts.ts';
import { readBooks } from '#accounting/accounts/read-books.ts';
import { entryAnswer, entryShape } from '#kernel/ledger/entry-answer.ts';
import { cents, count, described, list, paged, text, time, truth } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { orderSchema } from '#kernel/staff/list-cursor.ts';
import { month } from '#kernel/staff/month-input.ts';
import { Problem } from '#platform/errors.ts';
import { readCursor, writeCursor } from '#platform/http/cursors.ts';
import { reply } from '#platform/http/endpoint.ts';
import { inPath, inQuery, page, unreadJson } from '#platform/http/input.ts';
import { enterEntry } from './enter-entry.ts';
import { listLedger } from './list-ledger.ts';
import { type EntryPath, entryPaths, entrySchemas, isEntryPath, parseEntry } from './staff-entry-request.ts';

const accounts = endpoint({
  id: 'listAccounts',
  method: 'get',
  path: '/api/staff/accounts',
  right: 'ledger.read',
  summary: 'What every account holds',
  description:
    'As it was last added up, at most an hour ago, with what each month changed, and whether the money that the funds hold is there.',
  input: {},
  answer: () =>
    list('Each account.', z.object({ account: text, balance: cents() }), {
      currency: text,
      months: z.array(accountMonth()),
      asOf: z.nullable(time),
      coverage: z.nullable(coverageShape()),
    }),
  run: async (_, { table, now, permit }) => {
    const { balances, months, asOf, coverage } = await listAccounts({ permit }, { table, now });
    return {
      data: Object.entries(balances).map(([account, balance]) => ({ account, balance })),
      currency: 'HKD',
      months: months.map((each) => ({ ...each, asOf: each.asOf.toISOString() })),
      asOf: asOf?.toISOString() ?? null,
      coverage: coverage ? { ...coverage, missing: missingMoney(coverage) } : null,
    };
  },
});

/** In which of the month's lists the page begins, and before which item. */
const cursorSchema = z.strictObject({ list: z.int().check(z.gte(0)), before: z.optional(orderSchema) });

const ledger = endpoint({
  id: 'listLedger',
  method: 'get',
  path: '/api/staff/ledger',
  right: 'ledger.read',
  summary: 'A month of the ledger',
  description: 'In pages, in no order. A page may hold few entries, or none, before the last.',
  input: {
    month,
    account: inQuery(
      { description: 'Only entries with a posting of it.', example: 'bank' },
      (account) => account,
    ),
    cursor: page.cursor,
  },
  answer: () => paged('Each entry.', entryShape()),
  run: async ({ month: of, account, cursor }, { table, now, permit }) => {
    const { slugs } = await readBooks({ table, now });
    const name = `ledger ${of}`;
    const at = readCursor(cursor, name, cursorSchema);
    const { entries, next } = await listLedger({ month: of, slugs, account, cursor: at, permit }, { table });
    return { data: entries.map(entryAnswer), nextCursor: next ? writeCursor(name, next) : null };
  },
});

/** Enters something into the books by hand. */
export const enterEndpoint = endpoint({
  id: 'enterEntry',
  method: 'post',
  path: '/api/staff/ledger/{kind}',
  right: 'ledger.enter',
  summary: 'Enter something into the books',
  description:
    'What was there before, a transfer between funds, money into the cash box or back, a count of the cash, card fees that the receiver pays in, a correction. A closed month takes nothing: the problem names the month that does.',
  input: {
    kind: inPath(
      {
        description: 'What is entered; it decides about the body.',
        schema: { type: 'string', enum: entryPaths },
        example: 'transfers',
      },
      readKind,
    ),
    body: unreadJson(
      {
        OpeningBalance: entrySchemas['opening-balances'],
        Transfer: entrySchemas.transfers,
        CashFloat: entrySchemas['cash-floats'],
        CashCount: entrySchemas['cash-counts'],
        FeeReimbursement: entrySchemas['fee-reimbursements'],
        Correction: entrySchemas.corrections,
        Reclassification: entrySchemas.reclassifications,
      },
      { from: 'soup-kitchen', to: 'education', amount: 20_000, reason: 'The goal was reached.' },
    ),
  },
  answer: entryShape,
  statuses: { 200: 'Done.', 201: 'It is in the books.' },
  problems: [
    'idempotency-key-reused',
    'not-found',
    'not-in-fund',
    'not-in-account',
    'already-opened',
    'month-closed',
  ],
  run: async ({ kind, body }, { table, now, idempotencyKey, permit }) => {
    const asked = { ...parseEntry(kind, body), idempotencyKey, permit };
    const entry = await enterEntry(asked, { table, now });
    return reply(entryAnswer(entry), { status: 201 });
  },
});

/** The staff's operations on the books. */
export const ledgerApi = [accounts, ledger, enterEndpoint];

/** @throws Problem `not-found` for a kind that nobody enters */
export function readKind(kind: string): EntryPath {
  if (isEntryPath(kind)) return kind;
  throw new Problem('not-found', 'There are no entries of this kind.');
}

function accountMonth() {
  return z.object({
    month: text,
    sums: z.record(z.string(), z.optional(cents())),
    entries: count,
    asOf: time,
    isFinal: described(truth, 'Added up after the month was closed.'),
  });
}

function coverageShape() {
  return z.object({
    money: cents('At Stripe, in the bank and in cash, without what nobody has claimed (`unassigned`).'),
    held: cents('What all funds hold together.'),
    feesNotDue: cents(
      'Card fees that were not paid in, as far as they are of months that cannot be closed yet.',
    ),
    missing: cents(
      'What is to be paid in before the money page says that what is held is there; 0 when nothing is.',
    ),
  });
}
