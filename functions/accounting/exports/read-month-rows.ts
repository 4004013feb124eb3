import { readLedger } from '#accounting/accounts/read-ledger.ts';
import { entryName, fundOf, type LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { personAt } from '#kernel/people/read-person.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { proceedsAt } from '#payments/payment/proceeds-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { type Cell, dollars } from '#platform/files/csv.ts';
import { sum } from '#platform/money.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, type ItemsRead, readItems, type Table } from '#platform/table/table.ts';
import type { ExportRequest } from './export.ts';
import { hongKongTime } from './read-payment-rows.ts';

const places = ['stripe', 'bank', 'cash'] as const;

/** The header of the accountant's file. */
export function monthHeader({ people }: Pick<ExportRequest, 'people'>): string[] {
  return [
    ...['Month of the books', 'Time (Hong Kong)', 'What', 'Campaign', 'Payment'],
    ...['Stripe', 'Bank', 'Cash', 'Gift', 'Sales', 'Fee cover'],
    ...['Card fee of the payment', 'Net of the card fee', 'Payout', 'Reason', 'Entry', 'Debit', 'Credit'],
    ...(people ? ['Name', 'E-mail'] : []),
  ];
}

/**
 * The journal of some months as rows for an accountant, one an entry, by time: what it changed at Stripe, in the bank and in cash, and
 * the accounts that it debits and credits. Read page by page: memory does not grow with their number.
 * @param slugs all campaigns
 */
export async function* monthRows(
  { from, to, campaign, people, slugs }: ExportRequest & { readonly slugs: readonly string[] },
  { table }: Pick<Context, 'table'>,
): AsyncGenerator<Cell[][]> {
  const wanted = campaign === undefined ? slugs : [campaign];
  for (const month of monthsBetween(from, to)) {
    for await (const page of readLedger({ month, slugs: wanted }, { table })) {
      const entries = page.filter((entry) => campaign === undefined || fundsOf(entry).includes(campaign));
      const beside = await readBeside(entries, people, table);
      yield entries.map((entry) => entryCells(entry, beside, people));
    }
  }
}

interface Beside {
  readonly found: ItemsRead;
  readonly people: ItemsRead;
}

const paymentOf = ({ kind, sourceId, payment }: LedgerEntry) => (kind === 'payment' ? sourceId : payment);

async function readBeside(entries: readonly LedgerEntry[], people: boolean, table: Table): Promise<Beside> {
  const ids = entries.flatMap((entry) => paymentOf(entry) ?? []);
  const found = await readItems(table, [...ids.map(keys.payment), ...ids.map(keys.proceeds)]);
  const checkouts = people ? ids.flatMap((id) => paymentAt(found, id)?.checkoutId ?? []) : [];
  return { found, people: await readItems(table, checkouts.map(keys.person)) };
}

function paymentAt(found: ItemsRead, id: string | undefined) {
  const item: Item | undefined = id === undefined ? undefined : found.itemAt(keys.payment(id));
  return item && fromPaymentItem(item);
}

const fundsOf = ({ fund, postings }: LedgerEntry) => [
  ...new Set([
    ...(fund === undefined ? [] : [fund]),
    ...postings.flatMap(({ account }) => fundOf(account) ?? []),
  ]),
];

function entryCells(entry: LedgerEntry, beside: Beside, people: boolean): Cell[] {
  const { postings } = entry;
  const id = paymentOf(entry);
  const payment = paymentAt(beside.found, id);
  const isPayment = entry.kind === 'payment' && payment !== undefined;
  const proceeds = isPayment ? proceedsAt(beside.found, payment.paymentId) : undefined;
  const change = (of: (account: string) => boolean) =>
    sum(postings.filter(({ account }) => of(account)).map(({ amount }) => amount));
  const named = (isIt: (amount: number) => boolean) =>
    postings
      .filter(({ amount }) => isIt(amount))
      .map(({ account }) => account)
      .join(' + ');
  const cells: Cell[] = [
    ...[entry.month, hongKongTime(entry.at), entry.kind, fundsOf(entry).join(' + '), id ?? ''],
    ...places.map((place) => dollars(change((account) => account === place))),
    dollars(0 - change((account) => account.startsWith('raised:'))),
    dollars(0 - change((account) => account.startsWith('sales:'))),
    dollars(0 - change((account) => account === 'cover')),
    proceeds ? dollars(proceeds.fee) : '',
    proceeds && payment ? dollars(wholeOf(payment.parts) - proceeds.fee) : '',
    ...[proceeds?.payout ?? '', entry.reason ?? '', entryName(entry)],
    ...[named((amount) => amount > 0), named((amount) => amount < 0)],
  ];
  if (!people) return cells;
  const person = payment && personAt(beside.people, payment.checkoutId, payment.at);
  return [...cells, person?.name ?? '', person?.email ?? ''];
}
