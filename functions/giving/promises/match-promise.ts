import { requireInBooks } from '#accounting/accounts/require-in-books.ts';
import type { EnteredPayment, Means } from '#giving/entered-payments/entered-payment.ts';
import {
  fromEnteredPaymentItem,
  toEnteredPaymentItem,
} from '#giving/entered-payments/entered-payment-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { paymentOfPromise } from '#kernel/outbox/outbox.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Checkout } from '#payments/checkout/checkout.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { hongKongDay } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Effect, once } from '#platform/table/once.ts';
import { type Item, readItems } from '#platform/table/table.ts';
import { type PromisedGift, readReference } from './promise.ts';
import { fromPromiseItem } from './promise-item.ts';

/** What came of a promise. */
export interface Received {
  /** Minor units: what came, which may be another sum than was promised. */
  readonly amount: number;
  /** The day on which it came, `YYYY-MM-DD` in Hong Kong. */
  readonly day: string;
  readonly account: 'bank' | 'cash';
}

/**
 * Matches money that came with the promise that it keeps. It waits ten minutes, in which it can be undone as any money that the staff enter;
 * then it is booked for the promise's fund and donor, who is thanked, and the promise is over. A lapsed one is kept too: money is never
 * refused.
 *
 * @returns false when the same was matched before
 * @throws Problem `not-found`, `idempotency-key-reused`, `invalid` for a day that is not over, `promise-received` when other money kept it before
 */
export async function matchPromise(
  {
    reference,
    idempotencyKey,
    permit,
    ...came
  }: Received & {
    readonly reference: string;
    readonly idempotencyKey: string;
    readonly permit: Permit<'payment.enter'>;
  },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<boolean> {
  const promise = await readReferred(reference, { table });
  const at = await timeOfDay(came, { table, now });
  const id = paymentOfPromise(promise.reference);
  const [checkoutAt, paymentAt, enteredAt] = [
    keys.checkout(promise.checkoutId),
    keys.payment(id),
    keys.enteredPayment(id),
  ];
  const route = `promises/${promise.reference}/match`;
  const keyed = { caller: permit.actor.id, route, key: idempotencyKey, body: came };
  const attempt: Effect<boolean>['attempt'] = async (record) => {
    const read = await readItems(table, [checkoutAt, paymentAt, enteredAt], { consistent: true });
    const before = receivedIn(read.itemAt(paymentAt), read.itemAt(enteredAt));
    if (before) return requireSame(before, came);
    const checkout = read.itemAt(checkoutAt);
    if (!checkout) throw new Error(`The checkout of the promise ${promise.reference} is not there.`);
    const entered = toEntered(came, promise, fromCheckoutItem(checkout), { by: permit.actor.id, now });
    const outcome = await commit(table, () => ({
      once: record(id),
      entered: { put: toEnteredPaymentItem(entered), condition: isNew },
      audit: auditChange(
        permit,
        {
          object: { kind: 'promise', id: promise.reference },
          before: { state: promise.state },
          after: { state: 'matched', amount: came.amount, account: came.account, at: at.toISOString() },
        },
        now,
      ),
    }));
    return outcome.committed || undefined;
  };
  return once<boolean>({ table, now }, keyed, { attempt, answer: async () => false });
}

const meansOf = { bank: 'bank-transfer', cash: 'cash' } as const satisfies Record<Received['account'], Means>;

function toEntered(
  { amount, day, account }: Received,
  { reference, checkoutId }: PromisedGift,
  { fund, language, donor }: Pick<Checkout, 'fund' | 'language' | 'donor'>,
  { by, now }: { readonly by: string; readonly now: Date },
): EnteredPayment {
  return {
    ...{ id: paymentOfPromise(reference), means: meansOf[account], fund, amount, day, reference },
    ...{ checkoutId, donor, language, thank: true, promise: reference, by, enteredAt: now },
  };
}

/** What was matched before: it is booked, or waits for that. */
function receivedIn(payment: Item | undefined, entered: Item | undefined): Received | undefined {
  if (payment) {
    const { parts, source, at } = fromPaymentItem(payment);
    return { amount: wholeOf(parts), day: hongKongDay(at), account: source === 'cash' ? 'cash' : 'bank' };
  }
  if (!entered) return undefined;
  const { amount, day, means } = fromEnteredPaymentItem(entered);
  return { amount, day, account: means === 'cash' ? 'cash' : 'bank' };
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

/** @throws Problem `promise-received` unless it is the same money */
function requireSame(before: Received, came: Received): false {
  if (before.amount === came.amount && before.day === came.day && before.account === came.account)
    return false;
  throw new Problem(
    'promise-received',
    'The money of this promise was matched before. Enter what else came as a gift of its own.',
  );
}
