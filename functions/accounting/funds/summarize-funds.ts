import { beginBooks } from '#accounting/accounts/begin-books.ts';
import { readDueMonths } from '#accounting/accounts/read-due-months.ts';
import { readLedger, type TellUnreadable } from '#accounting/accounts/read-ledger.ts';
import type { Disbursement } from '#accounting/disbursements/disbursement.ts';
import { fromDisbursementItem } from '#accounting/disbursements/disbursement-item.ts';
import { Attempts, type Run } from '#kernel/attention/attempt-each.ts';
import { closedAtOf } from '#kernel/ledger/closed-month-item.ts';
import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { hongKongMonth, type Month, monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { bodyDigest } from '#platform/ids.ts';
import { count } from '#platform/log.ts';
import { sum } from '#platform/money.ts';
import { settings } from '#platform/settings.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { readCursor, writeCursor } from '#platform/table/cursor.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, readItems, type Table } from '#platform/table/table.ts';
import { sameValue } from '#platform/values.ts';
import {
  addEntry,
  availableIn,
  type FundFigures,
  type FundMonth,
  isEmptyMonth,
  missingIn,
  noFigures,
  type Purpose,
  passedOnIn,
} from './fund-month.ts';
import { toFundMonthItem, toShownMonthItem } from './fund-month-item.ts';
import { type Fund, readFund } from './read-fund.ts';
import { decideShown, isShown } from './shown-groups.ts';

const task = 'summarize-funds';

export interface Summarized {
  readonly months: number;
  /** How many months of funds had changed. */
  readonly written: number;
  /** How many months of funds are shown from now on. */
  readonly shown: number;
}

/**
 * Adds up the open months of the books by fund, and decides what is shown of the months that ended. Memory holds the sums and one page
 * of entries. A month that was closed more than a day ago keeps its sums.
 *
 * @param now months up to its Hong Kong month are added up
 * @param from the first month; by default the first month of the books
 * @param known months that were added up in the same run already
 * @param only `due` leaves the sums of months alone that cannot have changed since the last run; by default every open month is read
 */
export async function summarizeFunds(
  { from, only, known }: { readonly from?: Month; readonly only?: 'due'; readonly known?: KnownMonths },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Summarized> {
  const books = await beginBooks({ table, now });
  const { slugs } = books;
  const wanted = from ? monthsBetween(from, hongKongMonth(now)) : books.months;
  const since = only && (await readCursor(table, task));
  const months = await openMonths(table, await readDueMonths({ months: wanted, since }, { table }), now);
  const funds = new Map<string, Fund>();
  let written = 0;
  const attempts = new Attempts({ table, now });
  const nameOf = (name: string) => name;
  await attempts.each('fund', slugs, nameOf, async (slug) => {
    funds.set(slug, await readFund(slug, { table }));
  });
  await attempts.each('month-of-funds', months, nameOf, async (month) => {
    const summary = known?.get(month) ?? (await summarizeMonth({ table, now }, month, slugs));
    await attempts.each('fund', [...funds.keys()], nameOf, async (slug) => {
      if (await writeMonth(table, { slug, month, ...summary }, funds.get(slug))) written += 1;
    });
  });
  // What is shown stays shown for ever, so nothing is shown when some months could not be added up.
  attempts.end('months of funds could not be added up.');
  let shown = 0;
  await attempts.each('shown-fund', slugs, nameOf, async (slug) => {
    shown += await showMonths(table, slug, now);
  });
  attempts.end('funds could not be shown.');
  await writeCursor(table, task, now);
  return { months: months.length, written, shown };
}

/** How long a closed month is still added up: the last sum before the closing misses entries of its last hour. Milliseconds. */
const addedUpAfterClosing = 86_400_000;

async function openMonths(table: Table, months: readonly Month[], now: Date): Promise<Month[]> {
  const read = await readItems(table, months.map(keys.closedMonth), { consistent: true });
  return months.filter((month) => {
    const marker = read.itemAt(keys.closedMonth(month));
    return !marker || now.getTime() - closedAtOf(marker).getTime() < addedUpAfterClosing;
  });
}

interface Summary {
  readonly figures: Map<string, FundFigures>;
  cashMissing: number;
}

/** Months that were added up by fund while their ledger was read for another sum. */
export class KnownMonths {
  readonly #known = new Map<Month, Summary>();

  get(month: Month): Summary | undefined {
    return this.#known.get(month);
  }

  /** Reads a month's ledger as `readLedger` does, and adds it up beside. A month with an entry that cannot be read, or added, is not known. */
  ledger: typeof readLedger = (asked, ctx) => this.#read(asked, ctx);

  async *#read(...[asked, ctx]: Parameters<typeof readLedger>): ReturnType<typeof readLedger> {
    const summary = { figures: new Map(), cashMissing: 0 };
    let isWhole = true;
    const tell: TellUnreadable = async (item, error) => {
      if (!asked.tell) throw error;
      isWhole = false;
      await asked.tell(item, error);
    };
    for await (const page of readLedger({ ...asked, tell }, ctx)) {
      try {
        const purposes = await purposesOf(ctx.table, page);
        for (const entry of page) add(summary, entry, purposes(entry));
      } catch {
        // The sum by fund reads it itself then, and says why it cannot.
        isWhole = false;
      }
      yield page;
    }
    if (isWhole) this.#known.set(asked.month, summary);
  }
}

/** @throws Error when an entry cannot be read: the sum would be wrong without it */
async function summarizeMonth(run: Run, month: Month, slugs: readonly string[]): Promise<Summary> {
  const { table } = run;
  const odd = new Attempts(run);
  const summary = { figures: new Map<string, FundFigures>(), cashMissing: 0 };
  const tell = (item: Item, error: unknown) => odd.note('ledger-entry', item.pk, error);
  for await (const page of readLedger({ month, slugs, tell }, { table })) {
    const pkOf = ({ sourceId, kind }: LedgerEntry) => keys.ledgerEntry(sourceId, kind).pk;
    const purposes = await purposesOf(table, page);
    await odd.each('ledger-entry', page, pkOf, async (entry) => add(summary, entry, purposes(entry)));
  }
  if (odd.failed > 0) throw new Error(`${odd.failed} entries of the month cannot be read.`);
  return summary;
}

function add(summary: Summary, entry: LedgerEntry, purpose: Purpose | undefined): void {
  addEntry(summary.figures, entry, purpose);
  summary.cashMissing += missingIn(entry);
}

/** What the payments of a page were for: the books hold no categories. */
async function purposesOf(table: Table, page: readonly LedgerEntry[]) {
  const wanted = page
    .filter(({ kind }) => kind === 'hand-over')
    .map(({ sourceId }) => keys.disbursement(sourceId));
  const read = await readItems(table, wanted, { consistent: true });
  return ({ sourceId }: LedgerEntry): Purpose | undefined => {
    const item = read.itemAt(keys.disbursement(sourceId));
    return item && purposeOf(fromDisbursementItem(item));
  };
}

/** A family counts once, however its reference is written. */
function purposeOf({ category, recipient, recipientKind }: Disbursement): Purpose {
  const isFamily = recipientKind === 'family';
  return { category, family: isFamily ? bodyDigest(recipient.toUpperCase()).slice(0, 8) : undefined };
}

async function writeMonth(
  table: Table,
  { slug, month, figures, cashMissing }: Summary & { slug: string; month: Month },
  fund: Fund | undefined,
): Promise<boolean> {
  const own = figures.get(slug) ?? noFigures();
  const stored = fund?.months.find((each) => each.month === month);
  if (!stored && isEmptyMonth(own) && cashMissing === 0) return false;
  const item = toFundMonthItem({ ...own, slug, month, cashMissing, feesBorneBy: settings().feesBorneBy });
  if (stored && sameValue(toFundMonthItem(stored), item)) return false;
  await commit(table, () => ({ month: { put: item } }));
  return true;
}

/** Decides what is shown of each month that ended, in order; what was decided is never written again. */
async function showMonths(table: Table, slug: string, now: Date): Promise<number> {
  const fund = await readFund(slug, { table });
  ringWhenOverdrawn(slug, fund.months);
  let before = fund.shown.at(-1);
  let written = 0;
  for (const { month } of fund.months) {
    if ((before && month <= before.month) || !isShown(month, now)) continue;
    const shown = decideShown(month, fund.months, before);
    if (!shown) continue;
    const outcome = await commit(table, () => ({
      shown: { put: toShownMonthItem(slug, shown), condition: isNew },
    }));
    // Another run decided at the same moment; the next run goes on from there.
    if (!outcome.committed) return written;
    before = shown;
    written += 1;
  }
  return written;
}

function ringWhenOverdrawn(slug: string, months: readonly FundMonth[]): void {
  const held = sum(months.map(availableIn)) - sum(months.map(passedOnIn));
  if (held < 0) count('FundOverdrawn', { campaign: slug, held });
}
