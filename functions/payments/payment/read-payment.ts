import { entryName, type LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { CheckoutStatus } from '#payments/checkout/checkout.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';
import type { Payment } from './payment.ts';
import { fromPaymentItem, otherEntriesOf } from './payment-item.ts';

/** A gift with what belongs to it. */
export interface PaymentFile {
  readonly payment: Payment;
  /** All that its payment brought and that refunds and disputes took, by time. Its fee stands in the ledger alone. */
  readonly entries: readonly LedgerEntry[];
  /** Where its checkout stands; undefined when it is not there any more. */
  readonly checkoutStatus: CheckoutStatus | undefined;
  /** Undefined without the right to read it, and when it was erased. */
  readonly person: Person | undefined;
}

/**
 * Reads a gift with its ledger entries, its checkout's status and, with that permit too, the donor.
 * @throws Problem `not-found`
 */
export async function readPayment(
  {
    paymentId,
    personPermit,
  }: {
    readonly paymentId: string;
    readonly permit: Permit<'gift.read'>;
    readonly personPermit: Permit<'person.read'> | undefined;
  },
  { table }: Pick<Context, 'table'>,
): Promise<PaymentFile> {
  const item = isPaymentId(paymentId)
    ? (await readItems(table, [keys.payment(paymentId)], { consistent: true })).itemAt(
        keys.payment(paymentId),
      )
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such gift.');
  const payment = fromPaymentItem(item);
  const [checkoutKey, personKey] = [keys.checkout(payment.checkoutId), keys.person(payment.checkoutId)];
  const entryKeys = [entryName({ sourceId: paymentId, kind: 'payment' }), ...otherEntriesOf(item)].map(
    (name) => {
      const [sourceId = '', kind = ''] = name.split('/');
      return keys.ledgerEntry(sourceId, kind);
    },
  );
  const wanted = [checkoutKey, ...(personPermit ? [personKey] : []), ...entryKeys];
  const read = await readItems(table, wanted, { consistent: true });
  const checkout = read.itemAt(checkoutKey);
  const items = entryKeys.flatMap((key) => read.itemAt(key) ?? []);
  const entries = readIntact(items, fromLedgerEntryItem);
  return {
    payment,
    entries: entries.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
    checkoutStatus: checkout && fromCheckoutItem(checkout).status,
    person: personAt(read, payment.checkoutId, payment.at),
  };
}

/** By time; those of one moment by their name, for the set that names them has no order. */
function orderOf(entry: LedgerEntry): string {
  return `${entry.at.toISOString()} ${entryName(entry)}`;
}

/** Whether a text can be a payment's id: it becomes part of a key. */
export function isPaymentId(text: string): boolean {
  return /^\w{1,100}$/.test(text);
}
