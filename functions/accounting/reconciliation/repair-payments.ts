import type { BalanceMovement } from '#accounting/payouts/balance-movement.ts';
import type { Attempts } from '#kernel/attention/attempt-each.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { cancelErasure } from '#kernel/people/cancel-erasure.ts';
import { type PaymentMetadata, toPaymentFact } from '#payments/checkout/metadata.ts';
import { listOtherCurrencySession } from '#payments/payment/list-other-currency.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { BookingContext } from '#payments/payment/record-payment.ts';
import { receivePayment } from '#payments/payment/record-payment.ts';
import { count } from '#platform/log.ts';
import { isOfBooks, largestPayment } from '#platform/money.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { type ItemsRead, readItems } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { differenceId } from './difference.ts';

/** A charge of ours that succeeded. */
type OurCharge = BalanceMovement & { readonly paymentId: string; readonly ours: PaymentMetadata };

/**
 * Books payments that Stripe took under our key and no event has booked, as the webhook would have: under the payment, once, with the
 * thanks. Each is listed for a person and raises an alarm, because an event was lost. What a person already has to decide stays so: a
 * payment that was listed because its checkout is missing, and a difference that was accepted. For booked payments it also stores the
 * people, in case the projector lost them.
 *
 * @param read holds the gift of each movement's payment, if there is one
 * @returns how many were booked, or listed because their currency is not that of the books
 */
export async function repairPayments(
  movements: readonly BalanceMovement[],
  read: ItemsRead,
  ctx: BookingContext & { readonly attempts: Attempts },
): Promise<number> {
  const { table, attempts } = ctx;
  const items = movements.flatMap(({ kind, paymentId }) =>
    kind === 'charge' && paymentId !== undefined ? (read.itemAt(keys.payment(paymentId)) ?? []) : [],
  );
  const payments = readIntact(items, fromPaymentItem);
  const people = payments.map(({ checkoutId }) => keys.person(checkoutId));
  const unbooked = movements
    .filter(isOurCharge)
    .filter(({ paymentId }) => !read.itemAt(keys.payment(paymentId)));
  const known = await readItems(table, [...people, ...unbooked.flatMap(decisionKeys)], { consistent: true });
  await attempts.each(
    'person',
    payments,
    ({ checkoutId }) => keys.person(checkoutId).pk,
    async (payment) => {
      for (const change of cancelErasure(payment, known)) await writeOne(table, change);
    },
  );
  let repaired = 0;
  await attempts.each(
    'payment',
    unbooked,
    ({ paymentId }) => paymentId,
    async (charge) => {
      const [missing, difference] = decisionKeys(charge);
      if (known.itemAt(missing) || known.itemAt(difference)?.state === 'accepted') return;
      if (await repair(charge, ctx)) repaired += 1;
    },
  );
  return repaired;
}

function isOurCharge(movement: BalanceMovement): movement is OurCharge {
  return movement.kind === 'charge' && movement.paymentId !== undefined && movement.ours !== undefined;
}

/** The items that leave a payment to a person: its checkout was missing, or its difference may be accepted. */
function decisionKeys({ paymentId }: OurCharge): readonly [Key, Key] {
  return [
    keys.attention('parked-with-our-key', paymentId),
    keys.difference(differenceId({ kind: 'unknown-charge', stripeId: paymentId })),
  ];
}

async function repair(
  { paymentId, ours, amount, currency, at }: OurCharge,
  ctx: BookingContext,
): Promise<boolean> {
  const { checkoutId } = ours;
  if (!isOfBooks(currency)) {
    const reported = { id: paymentId, paymentId, checkoutId, currency, amount };
    return (await listOtherCurrencySession(reported, ctx)) === 'listed';
  }
  // What the booking of an event would refuse stays a difference.
  if (amount < 1 || amount > largestPayment) return false;
  const outcome = await receivePayment(toPaymentFact(ours, { amount, paymentId, currency, at }), ctx);
  if (outcome !== 'booked' && outcome !== 'late' && outcome !== 'mismatch') return false;
  const attention = { kind: 'checkout-repaired', id: paymentId, checkoutId, at: ctx.now } as const;
  await writeOne(ctx.table, { put: toAttentionItem({ ...attention, reason: outcome }) });
  count('CheckoutRepaired', { paymentId, outcome });
  return true;
}
