import { publicNameOf } from '#kernel/people/public-name.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { type Proceeds, proceedsAt } from '#payments/payment/proceeds-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { type Cell, dollars } from '#platform/files/csv.ts';
import { keys, paymentLists } from '#platform/table/keys.ts';
import { mergeLists } from '#platform/table/merge-lists.ts';
import { type ItemsRead, readItems, type Table } from '#platform/table/table.ts';
import type { ExportRequest } from './export.ts';

const paymentHeader = [
  'Paid at (Hong Kong)',
  'Month',
  'Payment',
  'Campaign',
  'Amount',
  'Cover',
  'Refunded',
  'Disputed',
  'Currency',
  'Language',
  'Sales',
  'Source',
  'For',
  'Plan',
  'Card fee',
  'Net',
  'Payout',
];
const peopleHeader = ['Name', 'E-mail', 'Name shown in public', 'Name on a receipt', 'Agreed to appeals'];

export function paymentsHeader({ people }: Pick<ExportRequest, 'people'>): string[] {
  return people ? [...paymentHeader, ...peopleHeader] : paymentHeader;
}

/** The gifts of some months as rows, by month, campaign and time. Read page by page: memory does not grow with their number. */
export async function* giftRows(
  {
    from,
    to,
    people,
    slugs,
  }: Pick<ExportRequest, 'from' | 'to' | 'people'> & { readonly slugs: readonly string[] },
  { table }: Pick<Context, 'table'>,
): AsyncGenerator<Cell[][]> {
  for (const month of monthsBetween(from, to)) {
    for (const slug of slugs) {
      for await (const page of mergeLists(table, paymentLists(slug, month))) {
        const payments = page.map(fromPaymentItem);
        const read = await readBeside(payments, { table, people });
        yield payments.map((payment) => [
          ...paymentCells(payment, proceedsAt(read, payment.paymentId)),
          ...(people ? personCells(payment, read) : []),
        ]);
      }
    }
  }
}

function readBeside(
  payments: readonly Payment[],
  { table, people }: { readonly table: Table; readonly people: boolean },
): Promise<ItemsRead> {
  return readItems(table, [
    ...payments.map(({ paymentId }) => keys.proceeds(paymentId)),
    ...(people ? payments.map(({ checkoutId }) => keys.person(checkoutId)) : []),
  ]);
}

function paymentCells(payment: Payment, proceeds: Proceeds | undefined): Cell[] {
  return [
    hongKongTime(payment.at),
    payment.month,
    payment.paymentId,
    payment.fund,
    dollars(payment.parts.gift),
    dollars(payment.parts.cover),
    dollars(payment.refunded),
    dollars(payment.disputed),
    payment.currency.toUpperCase(),
    payment.language,
    dollars(payment.parts.sales),
    payment.source,
    payment.for ?? '',
    payment.planId ?? '',
    proceeds ? dollars(proceeds.fee) : '',
    proceeds ? dollars(wholeOf(payment.parts) - proceeds.fee) : '',
    proceeds?.payout ?? '',
  ];
}

/** The cells about the donor; empty when the data was erased. */
function personCells({ checkoutId, at }: Payment, read: ItemsRead): Cell[] {
  const person = personAt(read, checkoutId, at);
  if (!person) return ['', '', '', '', ''];
  const { name, email, receiptName, marketingConsent } = person;
  const agreed = marketingConsent ? hongKongTime(new Date(marketingConsent.at)) : 'no';
  return [name, email, publicNameOf(person) ?? '', receiptName ?? '', agreed];
}

const hongKongOffset = 8 * 3_600_000;

/** A moment on Hong Kong's clock as spreadsheets read it: `2026-11-24 21:04:05`. */
export function hongKongTime(moment: Date): string {
  return new Date(moment.getTime() + hongKongOffset).toISOString().slice(0, 19).replace('T', ' ');
}
