import type { Permit } from '#kernel/staff/rights.ts';
import { lastMonths, type Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { type Item, readWholeList, type Table } from '#platform/table/table.ts';
import { type Dispute, fromDisputeItem } from './dispute-item.ts';

/** The disputes that were opened in this Hong Kong month or one of those before it, newest month first. */
async function* disputesSince(table: Table, now: Date, months: number): AsyncGenerator<Dispute> {
  for (const month of lastMonths(now, months)) yield* disputesOf(table, month);
}

/** Their items, not parsed yet, so that a corrupt one does not hide the others. */
export async function* disputeItemsSince(
  { months }: { readonly months: number },
  { table, now }: Pick<Context, 'table' | 'now'>,
): AsyncGenerator<Item> {
  for (const month of lastMonths(now, months)) {
    for await (const page of readWholeList(table, lists.disputes(month))) yield* page;
  }
}

async function* disputesOf(table: Table, month: Month): AsyncGenerator<Dispute> {
  for await (const page of readWholeList(table, lists.disputes(month)))
    yield* readIntact(page, fromDisputeItem);
}

/** How many months are shown when none is asked for. */
const monthsShown = 12;

/**
 * Lists disputes, newest first: of the last twelve Hong Kong months, or of one. They are few: a card network ends an account
 * that has many.
 */
export async function listDisputes(
  { month }: { readonly month: Month | undefined; readonly permit: Permit<'dispute.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Dispute[]> {
  const found: Dispute[] = [];
  const wanted = month ? disputesOf(table, month) : disputesSince(table, now, monthsShown);
  for await (const dispute of wanted) found.push(dispute);
  return found.sort((a, b) => b.openedAt.getTime() - a.openedAt.getTime() || (a.id < b.id ? 1 : -1));
}
