import { fromEnteredPaymentItem } from '#giving/entered-payments/entered-payment-item.ts';
import { fromPromiseItem } from '#giving/promises/promise-item.ts';
import { type Permit, permit as permitFor } from '#kernel/staff/rights.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { type ReceiptData, receiptDataOf } from '#payments/payment/receipt-data-item.ts';
import { listRefunds } from '#payments/refunds/list-refunds.ts';
import { lastMonths, recentHours } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems, readList, readWholeList } from '#platform/table/table.ts';
import { type Donor, type DonorPayment, readDonor } from './read-donor.ts';

/** Why a person cannot be erased yet: something is under way that needs their name and address. */
export type ErasureStop = 'dispute' | 'refund' | 'promise' | 'entered-payment';

/** What an erasure would do. */
export interface Erasure extends Donor {
  /** Empty where nothing stands in its way. */
  readonly stops: readonly ErasureStop[];
  /** What is kept for receipts, until when. */
  readonly receipts: readonly ReceiptData[];
}

/**
 * Reads what an erasure of a payment's donor would do, and what stands in its way.
 * @throws Problem `not-found`
 */
export async function readErasure(
  { paymentId, permit }: { readonly paymentId: string; readonly permit: Permit<'person.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Erasure> {
  const donor = await readDonor({ paymentId, permit }, { table });
  const all = [donor.asked, ...donor.others];
  const ctx = { table, now };
  const [refund, promise, entered] = await Promise.all([
    hasRefundOnItsWay(all, permit, ctx),
    hasOpenPromise(donor, ctx),
    hasEnteredPayment(donor, ctx),
  ]);
  const stops: (ErasureStop | false)[] = [
    all.some(({ payment }) => payment.disputeOpen) && 'dispute',
    refund && 'refund',
    promise && 'promise',
    entered && 'entered-payment',
  ];
  return {
    ...donor,
    stops: stops.filter((each) => each !== false),
    receipts: all.flatMap(({ payment, person }) => (person && receiptDataOf(payment, person, now)) ?? []),
  };
}

async function hasRefundOnItsWay(
  all: readonly DonorPayment[],
  { actor }: Permit<'person.read'>,
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<boolean> {
  const permit = permitFor(actor, 'gift.read');
  for (const { payment } of all) {
    if (payment.refundReserved > 0) return true;
    if (payment.refunded === 0) continue;
    const { refunds } = await listRefunds({ paymentId: payment.paymentId, permit }, ctx);
    if (refunds.some(({ status }) => status === 'pending')) return true;
  }
  return false;
}

/** A promise is open for four weeks, so that it is of this month or of the last. */
const monthsOfPromises = 2;

async function hasOpenPromise(
  { asked }: Donor,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<boolean> {
  const { donor } = asked.payment;
  if (donor === undefined) return false;
  for (const month of lastMonths(now, monthsOfPromises)) {
    for await (const page of readWholeList(table, lists.promises(month))) {
      const wanted = readIntact(page, fromPromiseItem).map(({ checkoutId }) => keys.checkout(checkoutId));
      const checkouts = await readItems(table, wanted);
      const found = wanted.flatMap((key) => checkouts.itemAt(key) ?? []);
      if (readIntact(found, fromCheckoutItem).some((each) => each.donor === donor)) return true;
    }
  }
  return false;
}

async function hasEnteredPayment(
  { asked }: Donor,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<boolean> {
  const { donor } = asked.payment;
  const pages = await Promise.all(
    recentHours(now, 2).map((hour) =>
      readList(table, lists.enteredPayments(hour), { order: 'newest', limit: 100 }),
    ),
  );
  const entries = readIntact(pages.flat(), fromEnteredPaymentItem);
  return donor !== undefined && entries.some((entry) => entry.donor === donor);
}
