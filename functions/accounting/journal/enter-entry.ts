import { fundAmountsOf, holderOf, type MoneyAccount } from '#accounting/accounts/account.ts';
import { fromAccountMonthItem } from '#accounting/accounts/account-month-item.ts';
import { toBeginningChange } from '#accounting/accounts/beginning-item.ts';
import { moneyChanges, readMoneyAccount } from '#accounting/accounts/plan-money-changes.ts';
import { type Books, readBooks } from '#accounting/accounts/read-books.ts';
import { readFund } from '#accounting/accounts/read-held.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { type EntryKind, type LedgerEntry, ledgerEntry, type Posting } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem, toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { toGuardedSumChange, toSumChange } from '#kernel/ledger/running-sum-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { hongKongMonth, type Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { formatMoney } from '#platform/money.ts';
import { type Change, type Changes, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { postingsOf, type StaffEntry } from './staff-entry.ts';
import type { EntryRequest } from './staff-entry-request.ts';

type Entering = Pick<Context, 'table' | 'now'> & { readonly permit: Permit<'ledger.enter'> };

/**
 * Enters an entry by hand into the books, once under its key, with its audit entry.
 *
 * @throws Problem `idempotency-key-reused`, `invalid` that names the field, `month-closed` for a month that is closed, `not-in-fund` or
 * `not-in-account` for more than a fund, the cash or the bank holds, `already-opened` for a second opening balance of an account
 */
export async function enterEntry(
  {
    idempotencyKey,
    permit,
    ...request
  }: EntryRequest & { readonly idempotencyKey: string; readonly permit: Permit<'ledger.enter'> },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<LedgerEntry> {
  const { kind } = request.entry;
  const route = `ledger/${kind}`;
  const keyed = { caller: permit.actor.id, route, key: idempotencyKey, body: request };
  return once(ctx, keyed, {
    attempt: (record) => enterNew(request, record, { ...ctx, permit }),
    answer: (sourceId) => readEntry(sourceId, kind, ctx.table),
  });
}

async function readEntry(sourceId: string, kind: EntryKind, table: Table): Promise<LedgerEntry> {
  const key = keys.ledgerEntry(sourceId, kind);
  const entry = (await readItems(table, [key], { consistent: true })).itemAt(key);
  if (!entry) throw new Error(`The entry ${kind} ${sourceId} is not there.`);
  return fromLedgerEntryItem(entry);
}

async function enterNew(
  request: EntryRequest,
  record: (sourceId: string) => Change,
  ctx: Entering,
): Promise<LedgerEntry | undefined> {
  const { entry } = request;
  if (entry.kind === 'opening-balance') await requireReason(request, entry.account, ctx);
  const books = await readBooks(ctx);
  requireKnownFunds(entry, books);
  const { at, first } = requireTime(request.at ?? ctx.now, books, ctx.now);
  const sourceId = entry.kind === 'opening-balance' ? `opening:${entry.account}` : newId('staffEntry');
  const changes = await prepare(request, { at, sourceId }, ctx);
  const outcome = await inOpenMonth<Names>(ctx.table, { at, now: ctx.now }, (month) => {
    requireOpen(month, at);
    return {
      once: record(sourceId),
      ...changes(month),
      // The very first entry records the first month of the books.
      ...(books.begun === undefined && { beginning: toBeginningChange(first, undefined) }),
    };
  });
  if (outcome.committed) return readEntry(sourceId, entry.kind, ctx.table);
  if (outcome.failed.has('entry')) {
    throw new Problem('already-opened', 'The account has its opening balance: enter a correction.');
  }
  // Meanwhile the books were begun, or the balance of the fund or the account changed: everything is read again.
  return undefined;
}

type Names = 'once' | 'entry' | 'beginning' | 'audit' | MoneyAccount | `fund ${string}`;

/** Reads what the entry depends on, and builds the changes that hold only while that stays the same. */
async function prepare(
  { entry, reason }: EntryRequest,
  { at, sourceId }: { readonly at: Date; readonly sourceId: string },
  { table, now, permit }: Entering,
): Promise<(month: Month) => Changes<Names>> {
  const counted = entry.kind === 'cash-count' ? await readMoneyAccount('cash', { table }) : undefined;
  const postings = postingsOf(entry, counted?.sum ?? 0);
  const funds = await fundChanges(entry, postings, table);
  const money = await moneyChanges(
    { postings, counted, pointer: (name) => amountOf(entry, ({ account }) => account === name) },
    { table },
  );
  return (month) => {
    const booked = ledgerEntry({ sourceId, kind: entry.kind, postings, currency: 'hkd', at }, month);
    const [first, second] = postings as [Posting, Posting];
    return {
      entry: {
        put: toLedgerEntryItem({ ...booked, ...(reason && { reason }) }),
        condition: isNew,
      },
      ...money,
      ...funds,
      audit: auditChange(
        permit,
        {
          object: { kind: 'ledger-entry', id: sourceId },
          after: {
            kind: entry.kind,
            amount: Math.abs(first.amount),
            currency: 'hkd',
            account: first.account,
            counterAccount: second.account,
            at: at.toISOString(),
          },
        },
        now,
      ),
    };
  };
}

/** A transfer by hand cannot overdraw a fund; of two that take the same cent, one is refused. */
async function fundChanges(
  entry: StaffEntry,
  postings: readonly Posting[],
  table: Table,
): Promise<Record<`fund ${string}`, Change>> {
  const changes: Record<`fund ${string}`, Change> = {};
  for (const [slug, amount] of fundAmountsOf(postings)) {
    if (amount >= 0) {
      changes[`fund ${slug}`] = toSumChange(keys.fundSum(slug), amount);
      continue;
    }
    const { held, runningSum } = await readFund(slug, { table });
    if (held + amount < 0) {
      const detail = `The fund ${slug} holds ${formatMoney(Math.max(0, held), 'hkd')}.`;
      const pointer = amountOf(entry, ({ account }) => holderOf(account) === slug);
      throw new Problem('not-in-fund', detail, { errors: [{ pointer, detail }] });
    }
    changes[`fund ${slug}`] = toGuardedSumChange(keys.fundSum(slug), amount, runningSum);
  }
  return changes;
}

/** The field that holds the amount that leaves an account. */
function amountOf(entry: StaffEntry, isTheOne: (posting: Posting) => boolean): string {
  if (entry.kind !== 'correction') return '/amount';
  return `/sides/${entry.sides.findIndex(isTheOne)}/amount`;
}

function requireKnownFunds(entry: StaffEntry, { slugs }: Books): void {
  const known = (slug: string, pointer: string) => {
    if (!slugs.includes(slug)) throw invalid(pointer, `There is no campaign ${slug}.`);
  };
  switch (entry.kind) {
    case 'opening-balance': {
      const slug = holderOf(entry.account);
      if (slug !== undefined) known(slug, '/account');
      return;
    }
    case 'transfer':
      known(entry.from, '/from');
      known(entry.to, '/to');
      if (entry.from === entry.to) throw invalid('/to', 'The money goes to another fund.');
      return;
    case 'correction':
      for (const [index, { account }] of entry.sides.entries()) {
        const slug = holderOf(account);
        if (slug !== undefined) known(slug, `/sides/${index}/account`);
      }
      return;
    default:
  }
}

function requireTime(at: Date, { months: [first] }: Books, now: Date): { at: Date; first: Month } {
  if (at > now) throw invalid('/at', 'The time is not in the future.');
  if (first === undefined || hongKongMonth(at) < first) {
    throw invalid('/at', `The books begin in ${first ?? 'the month of the first campaign'}.`);
  }
  return { at, first };
}

function requireOpen(month: Month, at: Date): void {
  const own = hongKongMonth(at);
  if (month === own) return;
  const detail = `The books of ${own} are closed: enter it in ${month}.`;
  throw new Problem('month-closed', detail, { errors: [{ pointer: '/at', detail }] });
}

/** Once an account has entries, its opening balance is unexpected: it needs a reason. */
async function requireReason({ reason }: EntryRequest, account: string, ctx: Entering): Promise<void> {
  if (reason !== undefined) return;
  const { months } = await readBooks(ctx);
  const read = await readItems(ctx.table, months.map(keys.accountMonth));
  const hasMoved = months.some((month) => {
    const item = read.itemAt(keys.accountMonth(month));
    return item && Object.hasOwn(fromAccountMonthItem(item).sums, account);
  });
  if (hasMoved) throw invalid('/reason', 'The account has entries already: say why it is opened now.');
}

function invalid(pointer: string, detail: string): Problem {
  return new Problem('invalid', detail, { errors: [{ pointer, detail }] });
}
