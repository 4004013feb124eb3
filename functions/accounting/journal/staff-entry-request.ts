import * as z from 'zod/mini';
import { moneyAccounts } from '#accounting/accounts/account.ts';
import type { Account } from '#kernel/ledger/ledger-entry.ts';
import { hasMonth } from '#platform/clock.ts';
import { parseFields, text } from '#platform/http/fields.ts';
import { sum } from '#platform/money.ts';
import type { StaffEntry } from './staff-entry.ts';

/** A request to enter something into the books by hand. */
export interface EntryRequest {
  readonly entry: StaffEntry;
  /** Why; for the staff only. It names no person. */
  readonly reason: string | undefined;
  /** When it happened; now when undefined. */
  readonly at: Date | undefined;
}

/** The largest amount of an entry by hand, minor units. */
export const largestEntry = 99_999_999_999;
const amount = z
  .int('The amount is a whole number of cents.')
  .check(
    z.positive('The amount is more than zero.'),
    z.lte(largestEntry, 'The amount is at most 99,999,999,999 cents.'),
    z.describe('Minor units.'),
  );
const signed = z
  .int('The amount is a whole number of cents.')
  .check(
    z.gte(-largestEntry, 'The amount is at least −99,999,999,999 cents.'),
    z.lte(largestEntry, 'The amount is at most 99,999,999,999 cents.'),
    z.describe('Minor units; money in is positive.'),
  );
const counted = z
  .int('What was counted is a whole number of cents.')
  .check(
    z.gte(0, 'What was counted is not below zero.'),
    z.lte(largestEntry, 'That is more than can be counted.'),
    z.describe('Minor units.'),
  );
const reason = text('The reason', 500, { lines: true });
const atDetail = 'The time is ISO 8601 with an offset, 2026-11-22T12:00:00+08:00, or a day, 2026-11-22.';
const at = z.optional(
  z.union([z.iso.datetime({ offset: true }), z.iso.date()], atDetail).check(
    z.refine((value) => hasMonth(momentIn(value)), atDetail),
    z.describe('A day counts from its beginning in Hong Kong.'),
  ),
);

function momentIn(at: string): Date {
  return new Date(at.includes('T') ? at : `${at}T00:00:00+08:00`);
}

const slug = z
  .string('A fund is the slug of a campaign.')
  .check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'A fund is the slug of a campaign.'));
const opened = z
  .string('The account is a text.')
  .check(
    z.regex(
      /^(?:stripe|bank|cash|raised:[a-z0-9-]+)$/,
      'The account is stripe, bank, cash or raised:<campaign>.',
    ),
  );
const account = z
  .string('The account is a text.')
  .check(
    z.regex(
      /^(?:stripe|bank|cash|opening|cash-difference|fee|dispute-fee|fee-reimbursement|unassigned|cover|(?:raised|passed-on):[a-z0-9-]+)$/,
      'There is no such account.',
    ),
  );
const moneyAccount = z.enum(moneyAccounts, 'The money goes to "cash" or "bank".');
const body = 'The body is an object.';

/** What each kind of entry is made of, by the plural under which it is posted. */
export const entrySchemas = {
  'opening-balances': z.strictObject({ account: opened, amount, reason: z.optional(reason), at }, body),
  transfers: z.strictObject({ from: slug, to: slug, amount, reason, at }, body),
  'cash-floats': z.strictObject(
    {
      to: z._default(moneyAccount, 'cash'),
      amount,
      reason: z.optional(reason),
      at,
    },
    body,
  ),
  // No time: the count is compared with what the books say now.
  'cash-counts': z.strictObject({ counted, reason }, body),
  'fee-reimbursements': z.strictObject(
    { to: z._default(moneyAccount, 'bank'), amount, reason: z.optional(reason), at },
    body,
  ),
  corrections: z.strictObject(
    {
      sides: z
        .array(
          z.strictObject({ account, amount: signed }, 'A posting has account and amount.'),
          'The postings are a list.',
        )
        .check(
          z.minLength(2, 'There are two postings or more.'),
          z.maxLength(20, 'There are at most 20 postings.'),
          z.refine(
            (postings) => sum(postings.map((posting) => posting.amount)) === 0,
            'The postings sum to zero.',
          ),
          z.refine(
            (postings) => postings.length < 2 || isPlain(postings),
            'Each account has one posting, with an amount that is not zero.',
          ),
          // Otherwise one person alone could book a payment to a family.
          z.refine(
            (postings) =>
              postings.every((posting) => !posting.account.startsWith('passed-on:') || posting.amount < 0),
            'A correction takes back what was passed on; only a disbursement that is paid out adds to it.',
          ),
        ),
      reason,
      at,
    },
    body,
  ),
  // A correction of two postings, for who fills in a form.
  reclassifications: z.strictObject({ debit: account, credit: account, amount, reason, at }, body).check(
    z.refine(({ debit, credit }) => debit !== credit, {
      error: 'The two accounts are different ones.',
      path: ['credit'],
    }),
    z.refine(({ debit }) => !debit.startsWith('passed-on:'), {
      error: 'Only a disbursement that is paid out adds to what was passed on.',
      path: ['debit'],
    }),
  ),
} as const;

/** The plural under which a kind of entry is posted. */
export type EntryPath = keyof typeof entrySchemas;

export const entryPaths = Object.keys(entrySchemas) as EntryPath[];

/** Each account once, and none without an amount. */
function isPlain(postings: readonly { readonly account: string; readonly amount: number }[]): boolean {
  const accounts = new Set(postings.map((posting) => posting.account));
  return accounts.size === postings.length && postings.every((posting) => posting.amount !== 0);
}

export function isEntryPath(name: string): name is EntryPath {
  return Object.hasOwn(entrySchemas, name);
}

/** @throws Problem `invalid` that names each wrong field */
export function parseEntry(path: EntryPath, given: unknown): EntryRequest {
  const fields = parseFields(entrySchemas[path], given);
  return {
    entry: entryOf(path, given),
    reason: fields.reason,
    at: 'at' in fields && fields.at !== undefined ? momentIn(fields.at) : undefined,
  };
}

function entryOf(path: EntryPath, given: unknown): StaffEntry {
  switch (path) {
    case 'opening-balances': {
      const { account, amount } = parseFields(entrySchemas[path], given);
      return { kind: 'opening-balance', account: account as Account, amount };
    }
    case 'transfers': {
      const { from, to, amount } = parseFields(entrySchemas[path], given);
      return { kind: 'transfer', from, to, amount };
    }
    case 'cash-floats': {
      const { to, amount } = parseFields(entrySchemas[path], given);
      return { kind: 'cash-float', to, amount };
    }
    case 'cash-counts':
      return { kind: 'cash-count', counted: parseFields(entrySchemas[path], given).counted };
    case 'fee-reimbursements': {
      const { to, amount } = parseFields(entrySchemas[path], given);
      return { kind: 'fee-reimbursement', to, amount };
    }
    case 'reclassifications': {
      const { debit, credit, amount } = parseFields(entrySchemas[path], given);
      return {
        kind: 'correction',
        sides: [
          { account: debit as Account, amount },
          { account: credit as Account, amount: -amount },
        ],
      };
    }
    case 'corrections': {
      const { sides: postings } = parseFields(entrySchemas[path], given);
      return {
        kind: 'correction',
        sides: postings.map((posting) => ({ account: posting.account as Account, amount: posting.amount })),
      };
    }
  }
}
