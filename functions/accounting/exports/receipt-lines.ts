import { netGift, type Payment } from '#payments/payment/payment.ts';
import { hongKongDay } from '#platform/clock.ts';

/** Who a receipt is made out to; undefined names when the donor's data was erased. */
interface Recipient {
  readonly name: string;
  readonly email: string;
}

/** What one receipt says: the gifts of money of a donor, under one name. */
export interface ReceiptLine extends Recipient {
  /** Net of refunds and lost disputes, without what was bought and without the fee cover. Minor units. */
  sum: number;
  /** The gifts that the sum is made of, by day. */
  readonly gifts: { readonly day: string; readonly amount: number; readonly paymentId: string }[];
}

/**
 * Adds a payment to the lines of receipts. A donor who named two recipients has two lines; a payment of which no donor is known has
 * one of its own.
 * @param person undefined when erased: the line stays, so that the sums hold
 */
export function addToReceipts(
  lines: Map<string, ReceiptLine>,
  payment: Payment,
  person:
    | { readonly name: string; readonly receiptName?: string | undefined; readonly email: string }
    | undefined,
): void {
  const amount = netGift(payment);
  if (amount <= 0) return;
  const name = person ? (person.receiptName ?? person.name) : '';
  const key = `${payment.donor ?? payment.checkoutId}\n${name}`;
  const line = lines.get(key) ?? { name, email: person?.email ?? '', sum: 0, gifts: [] };
  line.sum += amount;
  line.gifts.push({ day: hongKongDay(payment.at), amount, paymentId: payment.paymentId });
  lines.set(key, line);
}

/** The lines by name; within a line its gifts by day. */
export function sortedReceipts(lines: ReadonlyMap<string, ReceiptLine>): ReceiptLine[] {
  for (const { gifts } of lines.values()) gifts.sort((a, b) => (a.day < b.day ? -1 : 1));
  return [...lines.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
