import { fromMailItem, type MailAttempt } from '#kernel/outbox/mail-item.ts';
import type { Person } from '#kernel/people/person-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromReceiptDataItem, type ReceiptData } from '#payments/payment/receipt-data-item.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readCollection } from '#platform/table/table.ts';
import { readDonor } from './read-donor.ts';

/** All that is kept of a donor at one payment. */
export interface PaymentData {
  readonly payment: Payment;
  /** Undefined when it was erased. */
  readonly person: Person | undefined;
  readonly mails: readonly MailAttempt[];
  /** What is kept for a receipt after an erasure. */
  readonly receipts: readonly ReceiptData[];
}

/** A person was sent few mails. */
const mostBeside = 50;

/**
 * Reads all that is kept of a payment's donor, the payment that was asked about first.
 * @throws Problem `not-found`
 */
export async function readDonorData(
  { paymentId, permit }: { readonly paymentId: string; readonly permit: Permit<'person.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<PaymentData[]> {
  const { asked, others } = await readDonor({ paymentId, permit }, { table });
  return Promise.all(
    [asked, ...others].map(async ({ payment, person }) => {
      const { pk } = keys.person(payment.checkoutId);
      const beside = await readCollection(table, pk, { order: 'oldest', limit: mostBeside });
      const of = (entity: string) => beside.filter((item) => item.entity === entity);
      const receipts = readIntact(of('receipt-data'), (item) => fromReceiptDataItem(item, now));
      return {
        ...{ payment, person },
        mails: readIntact(of('mail'), fromMailItem),
        receipts: receipts.filter((each) => each !== undefined),
      };
    }),
  );
}
