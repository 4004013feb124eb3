import { dueAt } from '#giving/entered-payments/entered-payment.ts';
import { fromEnteredPaymentItem } from '#giving/entered-payments/entered-payment-item.ts';
import { paymentOfPromise } from '#kernel/outbox/outbox.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems, readList } from '#platform/table/table.ts';
import type { PromisedGift } from './promise.ts';
import { fromPromiseItem } from './promise-item.ts';

/** A promise that waits for its money, with the donor's name. */
export interface WaitingPromise extends PromisedGift {
  readonly name: string | undefined;
  /** When its money is booked; undefined while none was matched. */
  readonly dueAt: Date | undefined;
}

/** A promise waits for four weeks, so that it is of this month or of the last. */
const months = 2;

/** The newest promises that wait for their money, the newest first: three requests. */
export async function listPromises(
  _: { readonly permit: Permit<'payment.enter'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<WaitingPromise[]> {
  const pages = await Promise.all(
    lastMonths(now, months).map((month) =>
      readList(table, lists.promises(month), { order: 'newest', limit: 100 }),
    ),
  );
  return withNames(readIntact(pages.flat(), fromPromiseItem), { table });
}

/** Promises with the names of their donors, and whether their money is about to be booked: one request. */
export async function withNames(
  promises: readonly PromisedGift[],
  { table }: Pick<Context, 'table'>,
): Promise<WaitingPromise[]> {
  const enteredAt = ({ reference }: PromisedGift) => keys.enteredPayment(paymentOfPromise(reference));
  const read = await readItems(
    table,
    promises.flatMap((promise) => [keys.person(promise.checkoutId), enteredAt(promise)]),
  );
  return promises.map((promise) => {
    const entered = read.itemAt(enteredAt(promise));
    return {
      ...promise,
      name: personAt(read, promise.checkoutId, promise.madeAt)?.name,
      dueAt: entered && dueAt(fromEnteredPaymentItem(entered)),
    };
  });
}
