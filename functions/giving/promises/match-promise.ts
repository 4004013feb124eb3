import { requireInBooks } from '#accounting/accounts/require-in-books.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { paymentOfPromise } from '#kernel/outbox/outbox.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { noParts, wholeOf } from '#payments/received/parts.ts';
import type { PaymentFact } from '#payments/received/payment-fact.ts';
import { hongKongDay } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { type PromisedGift, readReference } from './promise.ts';
import { fromPromiseItem, toReceivedChange } from './promise-item.ts';

/** What came of a promise. */
export interface Received {
  /** Minor units: what came, which may be another sum than was promised. */
  readonly amount: number;
  /** The day on which it came, `YYYY-MM-DD` in Hong Kong. */
  readonly day: string;
  readonly account: 'bank' | 'cash';
}

/**
 * Matches money that came with the promise that it keeps: books it for its fund and donor, who is thanked, and ends the promise. A lapsed
 * one is kept too: money is never refused.
 *
 * @returns false when the same was matched before
 * @throws Problem `not-found`, `invalid` for a day that is not over, `promise-received` when other money kept it before
 */
export async function matchPromise(
  {
    reference,
    permit,
    ...came
  }: Received & { readonly reference: string; readonly permit: Permit<'payment.enter'> },
  ctx: Pick<Context, 'table' | 'now' | 'random'>,
): Promise<boolean> {
  const { table, now } = ctx;
  const promise = await readReferred(reference, { table });
  const at = await timeOfDay(came, { table, now });
  const checkoutAt = keys.checkout(promise.checkoutId);
  const checkout = (await readItems(table, [checkoutAt], { consistent: true })).itemAt(checkoutAt);
  if (!checkout) throw new Error(`The checkout of the promise ${promise.reference} is not there.`);
  const { fund, subject, currency, language, donor } = fromCheckoutItem(checkout);
  const fact = {
    source: came.account,
    paymentId: paymentOfPromise(promise.reference),
    checkoutId: promise.checkoutId,
    fund,
    about: subject.kind,
    parts: { ...noParts, gift: came.amount },
    currency,
    language,
    at,
    donor,
  } as const;
  const recorded = await recordPayment(fact, ctx);
  if (recorded === 'duplicate') await requireSame(fact, came, { table });
  // A crash before this leaves the promise open, and the same request ends it.
  const ended = await commit(table, () => ({
    promise: toReceivedChange(promise),
    audit: auditChange(
      permit,
      {
        object: { kind: 'promise', id: promise.reference },
        before: { state: promise.state },
        after: { state: 'received', amount: came.amount, account: came.account, at: at.toISOString() },
      },
      now,
    ),
  }));
  return ended.committed;
}

/** The promise of a reference as a person wrote it. @throws Problem `not-found` */
export async function readReferred(typed: string, { table }: Pick<Context, 'table'>): Promise<PromisedGift> {
  const reference = readReference(typed);
  const key = keys.promise(reference ?? '');
  const item = reference && (await readItems(table, [key], { consistent: true })).itemAt(key);
  if (!item) throw new Problem('not-found', 'There is no promise with this reference.');
  return fromPromiseItem(item);
}

/**
 * The middle of a Hong Kong day that is over; of today, now.
 * @throws Problem `invalid` for a day that is to come, or before the books begin
 */
export async function timeOfDay(
  { day }: Pick<Received, 'day'>,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Date> {
  const today = hongKongDay(now);
  if (day > today) {
    throw new Problem('invalid', 'Money is matched once it has come.', {
      errors: [{ pointer: '/day', detail: `The day is today, ${today}, or earlier.` }],
    });
  }
  await requireInBooks({ day }, { table, now });
  return day === today ? now : new Date(`${day}T12:00:00+08:00`);
}

/** @throws Problem `promise-received` unless the payment that is there is of the same money */
async function requireSame(
  { paymentId }: Pick<PaymentFact, 'paymentId'>,
  { amount, day, account }: Received,
  { table }: Pick<Context, 'table'>,
): Promise<void> {
  const key = keys.payment(paymentId);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  const payment = item && fromPaymentItem(item);
  const isSame =
    payment &&
    wholeOf(payment.parts) === amount &&
    payment.source === account &&
    hongKongDay(payment.at) === day;
  if (isSame) return;
  throw new Problem(
    'promise-received',
    'The money of this promise was matched before. Enter what else came as a gift of its own.',
  );
}
