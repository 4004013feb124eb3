import { readBooks } from '#accounting/accounts/read-books.ts';
import { fromPayoutItem, type PayoutState } from '#accounting/payouts/payout-item.ts';
import { fromDifferenceItem } from '#accounting/reconciliation/difference-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { closableFrom, isClosable } from '#kernel/ledger/closed-month.ts';
import { closedAtOf, toClosedMonthItem } from '#kernel/ledger/closed-month-item.ts';
import { toTouchedMonthItem } from '#kernel/ledger/touched-month-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { formatDate, hongKongDay, type Month, nextMonth } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { CorruptItem, Problem } from '#platform/errors.ts';
import { type Change, commit, isNew } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Item, readItems, readWholeList, type Table } from '#platform/table/table.ts';

const resolved: ReadonlySet<PayoutState> = new Set(['matched', 'failed', 'accepted']);

/**
 * What of a month must be resolved before its books are closed, by name: payouts that do not match to the cent, and differences from
 * Stripe that are neither gone nor accepted. A corrupt item counts as open.
 */
export async function openQuestions(month: Month, { table }: Pick<Context, 'table'>): Promise<string[]> {
  return [
    ...(await openIn(table, lists.payouts(month), ofPayout)),
    ...(await openIn(table, lists.differences(month), ofDifference)),
  ];
}

function ofPayout(item: Item): string | undefined {
  const { payoutId, state, due } = fromPayoutItem(item);
  if (due === '' && resolved.has(state)) return undefined;
  return `${payoutId}: ${due === '' ? state : 'being matched'}`;
}

function ofDifference(item: Item): string | undefined {
  const { id, state } = fromDifferenceItem(item);
  return state === 'open' ? `${id}: differs from Stripe` : undefined;
}

async function openIn(
  table: Table,
  list: string,
  questionOf: (item: Item) => string | undefined,
): Promise<string[]> {
  const open: string[] = [];
  for await (const page of readWholeList(table, list)) {
    for (const item of page) {
      const question = orCorrupt(item, questionOf);
      if (question !== undefined) open.push(question);
    }
  }
  return open;
}

function orCorrupt(item: Item, questionOf: (item: Item) => string | undefined): string | undefined {
  try {
    return questionOf(item);
  } catch (error) {
    if (error instanceof CorruptItem) return `${error.subject}: ${error.fault}`;
    throw error;
  }
}

export interface ClosedMonth {
  readonly month: Month;
  readonly closedAt: Date;
}

/**
 * Closes the books of a month, for ever: no later entry counts in it. Closing it again changes nothing.
 *
 * @throws Problem `month-not-over` until seven days after its end, `months-in-order` while the month before is open,
 * `month-not-settled` with the names of what is still open
 */
export async function closeMonth(
  { month, permit }: { readonly month: Month; readonly permit: Permit<'month.close'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<ClosedMonth> {
  const change = { object: { kind: 'month', id: month }, after: { state: 'closed' } } as const;
  return close({ month, audit: auditChange(permit, change, now) }, { table, now });
}

/** A month closes by itself in the night of this day of the month after it, or in a later night. */
const closesOn = 15;

/**
 * Closes every month whose day has come and in which nothing is open, oldest first. It stops at one in which something is open: a person
 * resolves it, and a later night goes on.
 * @returns the months that were closed now
 */
export async function closeDueMonths({ table, now }: Pick<Context, 'table' | 'now'>): Promise<Month[]> {
  const { months } = await readBooks({ table, now });
  const today = hongKongDay(now);
  const due = months.filter((month) => today >= `${nextMonth(month)}-${closesOn}`);
  const found = await readItems(table, due.map(keys.closedMonth), { consistent: true });
  const closed: Month[] = [];
  for (const month of due.filter((each) => !found.itemAt(keys.closedMonth(each)))) {
    if ((await openQuestions(month, { table })).length > 0) break;
    await close({ month }, { table, now });
    closed.push(month);
  }
  return closed;
}

async function close(
  { month, audit }: { readonly month: Month; readonly audit?: Change },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<ClosedMonth> {
  const key = keys.closedMonth(month);
  const standing = (await readItems(table, [key], { consistent: true })).itemAt(key);
  if (standing) return { month, closedAt: closedAtOf(standing) };
  const before = await requireClosable(table, month, now);
  const outcome = await commit(table, () => ({
    month: { put: toClosedMonthItem(month, now), condition: isNew },
    // The last sums may miss what was written just before.
    touched: { put: toTouchedMonthItem(month, now) },
    ...(before && {
      before: { check: keys.closedMonth(before), condition: { expression: 'attribute_exists(pk)' } },
    }),
    ...(audit && { audit }),
  }));
  if (outcome.committed) return { month, closedAt: now };
  const other = outcome.failed.get('month');
  if (other) return { month, closedAt: closedAtOf(other) };
  throw inOrder(before as Month);
}

/** The month that must be closed before this one; undefined for the first. */
async function requireClosable(table: Table, month: Month, now: Date): Promise<Month | undefined> {
  if (!isClosable(month, now)) {
    const from = formatDate(closableFrom(month), 'en');
    throw new Problem('month-not-over', `${month} can be closed after ${from}.`);
  }
  const { months } = await readBooks({ table, now });
  const [first] = months;
  if (first === undefined || month < first) {
    throw new Problem('months-in-order', `The books begin in ${first ?? 'no month yet'}.`);
  }
  const before = months[months.indexOf(month) - 1];
  const open = await openQuestions(month, { table });
  if (open.length > 0) {
    throw new Problem(
      'month-not-settled',
      `Resolve first what is open in ${month}: ${open.slice(0, 20).join('; ')}.`,
    );
  }
  return before;
}

function inOrder(before: Month): Problem {
  return new Problem('months-in-order', `Months are closed in order: close ${before} first.`);
}
