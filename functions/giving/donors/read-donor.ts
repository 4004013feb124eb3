import { readCampaignSlugs } from '#giving/campaigns/read-campaigns.ts';
import { listDonorPayments } from '#giving/supporters/list-donor-payments.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { isPaymentId } from '#payments/payment/read-payment.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readCollection, readItems } from '#platform/table/table.ts';
import { donorPaymentKey, indexedPayment } from './donor-index-item.ts';

/** A payment of a donor, with what is kept of the person under its checkout. */
export interface DonorPayment {
  readonly payment: Payment;
  /** Undefined when it was erased. */
  readonly person: Person | undefined;
}

/** A donor as one of the payments leads there. */
export interface Donor {
  readonly asked: DonorPayment;
  /** The payments of the same donor, without this one. */
  readonly others: readonly DonorPayment[];
}

/**
 * Reads the donor of a payment with all payments that are known to be of the same one.
 * @throws Problem `not-found`
 */
export async function readDonor(
  { paymentId, permit }: { readonly paymentId: string; readonly permit: Permit<'person.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<Donor> {
  const key = keys.payment(paymentId);
  const item = isPaymentId(paymentId)
    ? (await readItems(table, [key], { consistent: true })).itemAt(key)
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such gift.');
  const payment = fromPaymentItem(item);
  const all = [payment, ...(await otherPayments(payment, permit, { table }))];
  const people = await readItems(
    table,
    all.map(({ checkoutId }) => keys.person(checkoutId)),
    { consistent: true },
  );
  const [asked, ...others] = all.map((each) => ({
    payment: each,
    person: personAt(people, each.checkoutId, each.at),
  }));
  return { asked: asked as DonorPayment, others };
}

/** A donor gives that often in decades. */
const mostPayments = 500;

/** The index has those too that are fully reversed; the sets of supporters those of the last minutes. */
async function otherPayments(
  payment: Payment,
  permit: Permit<'person.read'>,
  { table }: Pick<Context, 'table'>,
): Promise<Payment[]> {
  const { donor, paymentId } = payment;
  if (donor === undefined) return [];
  const [listed, indexed] = await Promise.all([
    listDonorPayments({ donor, funds: await readCampaignSlugs({ table }), permit }, { table }),
    readCollection(table, donorPaymentKey(payment).pk, { order: 'oldest', limit: mostPayments }),
  ]);
  const known = new Set([paymentId, ...listed.map((each) => each.paymentId)]);
  const missing = readIntact(indexed, indexedPayment)
    .filter((id) => !known.has(id))
    .map(keys.payment);
  const found = await readItems(table, missing);
  const items = missing.flatMap((key) => found.itemAt(key) ?? []);
  return [...listed.filter((each) => each.paymentId !== paymentId), ...readIntact(items, fromPaymentItem)];
}
