import type { Disbursement } from '#accounting/disbursements/disbursement.ts';
import { fromDisbursementItem } from '#accounting/disbursements/disbursement-item.ts';
import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { type Proceeds, proceedsAt } from '#payments/payment/proceeds-item.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, ledgerLists } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { type Item, type ItemsRead, readCollection, readItems, readList } from '#platform/table/table.ts';
import { hasLine } from './statement.ts';

/** A journal entry with what a person wants to know of it. */
export interface StatementLine {
  readonly entry: LedgerEntry;
  /** The payment that it is, or is about. */
  readonly payment: Payment | undefined;
  /** Who paid; undefined when erased, and without the right to read about people. */
  readonly person: Person | undefined;
  readonly disbursement: Disbursement | undefined;
  /** What Stripe left of the payment that it is. */
  readonly proceeds: Proceeds | undefined;
}

/** A page of the entries of a month of the books, by time. */
export interface StatementPage {
  readonly lines: readonly StatementLine[];
  /** The `listOrder` after which the following page begins; undefined at the end. */
  readonly next: string | undefined;
}

interface Asked {
  readonly month: Month;
  /** Only what stands after this `listOrder`. */
  readonly after: string | undefined;
  readonly permit: Permit<'ledger.read'>;
  /** Without it nobody is named. */
  readonly people: Permit<'person.read'> | undefined;
}

/** With the fees, which have no line of their own. */
const aPage = 80;
/** Of each of the sixteen lists of the ledger: more than its share of a page. */
const ofEachList = 12;

/**
 * Reads a page of the entries that count in a month, the oldest first: some twenty requests, however many entries there are. A page
 * before the last one may hold fewer lines than fit on it.
 */
export async function readStatement(
  { month, after, people }: Asked,
  { table }: Pick<Context, 'table'>,
): Promise<StatementPage> {
  const from = after === undefined ? {} : { after };
  const { pk } = keys.listedPayment(month, '');
  const lists = await Promise.all([
    readCollection(table, pk, { order: 'oldest', limit: aPage, ...from }).then((items) => ({
      items,
      limit: aPage,
    })),
    ...ledgerLists(month).map((name) =>
      readList(table, name, { order: 'oldest', limit: ofEachList, ...from }).then((items) => ({
        items,
        limit: ofEachList,
      })),
    ),
  ]);
  const { items, next } = firstOf(lists);
  return { lines: await linesOf(items, { month, people }, { table }), next };
}

/** The first items of several lists, in order: only as far as each list was read. */
function firstOf(lists: readonly { readonly items: readonly Item[]; readonly limit: number }[]) {
  const orderOf = (item: Item) => read(item).text('listOrder');
  const ends = lists.flatMap(({ items, limit }) =>
    items.length === limit ? items.slice(-1).map(orderOf) : [],
  );
  const horizon = ends.sort()[0];
  const all = lists.flatMap(({ items }) => items.map((item) => ({ item, order: orderOf(item) })));
  const surely = all
    .filter(({ order }) => horizon === undefined || order <= horizon)
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  const shown = surely.slice(0, aPage);
  const isWhole = horizon === undefined && shown.length === surely.length;
  return { items: shown.map(({ item }) => item), next: isWhole ? undefined : shown.at(-1)?.order };
}

const paymentIn = (item: Item) =>
  item.entity === 'listed-payment' ? read(item).text('paymentId') : undefined;

/** Reads what the lines of a page are about: two rounds of requests. */
async function linesOf(
  items: readonly Item[],
  { month, people }: Pick<Asked, 'month' | 'people'>,
  { table }: Pick<Context, 'table'>,
): Promise<StatementLine[]> {
  const standing = readIntact(
    items.filter((item) => paymentIn(item) === undefined),
    fromLedgerEntryItem,
  ).filter(hasLine);
  const booked = items.flatMap((item) => paymentIn(item) ?? []);
  const paid = [...booked, ...standing.flatMap((entry) => paymentOf(entry) ?? [])];
  const found = await readItems(table, [
    ...booked.map((id) => keys.ledgerEntry(id, 'payment')),
    ...paid.map(keys.payment),
    ...standing.filter(({ kind }) => kind === 'hand-over').map(({ sourceId }) => keys.disbursement(sourceId)),
  ]);
  const entries = [
    ...readIntact(
      booked.flatMap((id) => found.itemAt(keys.ledgerEntry(id, 'payment')) ?? []),
      fromLedgerEntryItem,
    ),
    ...standing,
  ].filter((entry) => entry.month === month);
  const lines = await withPeople(
    entries.map((entry) => aboutOf(entry, found)),
    { table, people },
  );
  return lines.sort((a, b) => a.entry.at.getTime() - b.entry.at.getTime());
}

type About = Pick<StatementLine, 'entry' | 'payment' | 'disbursement'>;

function aboutOf(entry: LedgerEntry, found: ItemsRead): About {
  const id = paymentOf(entry);
  const payment = id === undefined ? undefined : found.itemAt(keys.payment(id));
  const paidOut = entry.kind === 'hand-over' ? found.itemAt(keys.disbursement(entry.sourceId)) : undefined;
  return {
    entry,
    payment: payment && readIntact([payment], fromPaymentItem)[0],
    disbursement: paidOut && readIntact([paidOut], fromDisbursementItem)[0],
  };
}

async function withPeople(
  about: readonly About[],
  { table, people }: Pick<Context, 'table'> & Pick<Asked, 'people'>,
): Promise<StatementLine[]> {
  const payments = about.flatMap(({ payment }) => payment ?? []);
  const beside = await readItems(table, [
    ...(people ? payments.map(({ checkoutId }) => keys.person(checkoutId)) : []),
    ...payments.map(({ paymentId }) => keys.proceeds(paymentId)),
  ]);
  return about.map((line) => {
    const { entry, payment } = line;
    return {
      ...line,
      person: payment && people && personAt(beside, payment.checkoutId, payment.at),
      proceeds: entry.kind === 'payment' ? proceedsAt(beside, entry.sourceId) : undefined,
    };
  });
}

/** The payment that an entry is, or is about. */
function paymentOf({ kind, sourceId, payment }: LedgerEntry): string | undefined {
  return kind === 'payment' ? sourceId : payment;
}
