import { personAt } from '#kernel/people/read-person.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { fromReceiptDataItem } from '#payments/payment/receipt-data-item.ts';
import { monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { type Cell, dollars } from '#platform/files/csv.ts';
import { type Key, keys, paymentLists } from '#platform/table/keys.ts';
import { mergeLists } from '#platform/table/merge-lists.ts';
import { readItems } from '#platform/table/table.ts';
import type { ExportRequest } from './export.ts';
import { addToReceipts, type ReceiptLine, sortedReceipts } from './receipt-lines.ts';

export const receiptHeader: readonly string[] = [
  ...['Name on the receipt', 'E-mail', 'Tax year', 'Gifts of money, net of refunds', 'Currency'],
  ...['Number of gifts', 'First day', 'Last day', 'Days and amounts', 'Payments'],
];

const aPage = 100;

/**
 * What the receipts of a tax year say, one row a donor and name: the sum of the gifts of money, net of what was refunded, and their
 * days. Memory grows with the donors.
 */
export async function* receiptRows(
  { from, to, slugs }: Pick<ExportRequest, 'from' | 'to'> & { readonly slugs: readonly string[] },
  { table, now }: Pick<Context, 'table' | 'now'>,
): AsyncGenerator<Cell[][]> {
  const lines = new Map<string, ReceiptLine>();
  for (const name of monthsBetween(from, to).flatMap((month) =>
    slugs.flatMap((slug) => paymentLists(slug, month)),
  )) {
    for await (const page of mergeLists(table, [name])) {
      const payments = page.map(fromPaymentItem);
      const people = await readItems(
        table,
        payments.map(({ checkoutId }) => keys.person(checkoutId)),
      );
      const erased = payments.filter(({ checkoutId }) => !people.itemAt(keys.person(checkoutId)));
      const beside = await readItems(table, erased.map(receiptKeyOf));
      for (const payment of payments) {
        const person = personAt(people, payment.checkoutId, payment.at);
        const receipt = fromReceiptDataItem(beside.itemAt(receiptKeyOf(payment)), now);
        addToReceipts(lines, payment, person ?? (receipt && { name: receipt.receiptName, email: '' }));
      }
    }
  }
  const rows = sortedReceipts(lines).map((line) => cellsOf(line, from));
  for (let start = 0; start < rows.length; start += aPage) yield rows.slice(start, start + aPage);
}

/** Where the name for a receipt stands once the person was erased. */
function receiptKeyOf({ checkoutId, paymentId }: Payment): Key {
  return keys.receiptData(checkoutId, paymentId);
}

function cellsOf({ name, email, sum, gifts }: ReceiptLine, april: string): Cell[] {
  const year = Number(april.slice(0, 4));
  return [
    ...[name, email, `${year}/${year + 1}`, dollars(sum), 'HKD'],
    { decimal: String(gifts.length) },
    ...[gifts[0]?.day ?? '', gifts.at(-1)?.day ?? ''],
    gifts.map(({ day, amount }) => `${day} ${dollars(amount).decimal}`).join('; '),
    gifts.map(({ paymentId }) => paymentId).join(' '),
  ];
}
