import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { type Payment, refundableAmount } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { formatMoney } from '#platform/money.ts';
import { type Changes, commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import { carryOutRefund, type RefundAtStripe, readRefundRequest } from './carry-out-refund.ts';
import { type RefundReason, type RefundRequest, toRefundRequestItem } from './refund-request.ts';
import { toReservedChange } from './refunded-payment-item.ts';

/** What the staff's request says. */
export interface RefundAsked {
  readonly paymentId: string;
  /** Minor units; left out for all that is left. */
  readonly amount?: number | undefined;
  /** Must be the gift's, when it is given. */
  readonly currency?: string | undefined;
  readonly reason: RefundReason;
}

/**
 * Asks Stripe to refund a gift, in full or in part, once under the request's key. The request itself, with its reservation and the
 * audit entry, is written first, so that two requests never refund more than the refundable amount and no crash loses or repeats one.
 * Then Stripe is asked; where it does not answer, the sweep goes on.
 *
 * @returns the request: `done`, or still `asked` when Stripe's answer is not known
 * @throws Problem `not-found`, `invalid`, `refund-above-left`, `gift-disputed`, `refund-too-late`, `refund-refused`,
 * `idempotency-key-reused`
 */
export async function askRefund(
  {
    idempotencyKey,
    permit,
    ...asked
  }: RefundAsked & { readonly idempotencyKey: string; readonly permit: Permit<'gift.refund'> },
  ctx: RefundAtStripe,
): Promise<{ readonly request: RefundRequest; readonly isNew: boolean }> {
  const { paymentId, ...body } = asked;
  const keyed = { caller: permit.actor.id, route: `gifts/${paymentId}/refunds`, key: idempotencyKey, body };
  const { request, isNew } = await once(ctx, keyed, {
    attempt: async (record) => {
      const payment = await readPayment(paymentId, ctx);
      if (!payment) throw new Problem('not-found', 'There is no such gift.');
      if (payment.source !== 'stripe') {
        throw new Problem('refund-refused', 'It did not come through Stripe, which cannot return it.');
      }
      const request: RefundRequest = {
        id: newId('refundRequest'),
        paymentId,
        amount: amountOf(asked, payment),
        currency: payment.currency,
        reason: asked.reason,
        actor: permit.actor.id,
        at: ctx.now,
        state: 'asked',
        refundId: undefined,
        refusal: undefined,
      };
      const outcome = await commit(ctx.table, () => ({
        once: record(request.id),
        ...askChanges(request, payment, permit),
      }));
      return outcome.committed ? { request, isNew: true } : undefined;
    },
    answer: async (id) => ({ request: await readRefundRequest(id, ctx), isNew: false }),
  });
  return { request: await carryOutRefund({ request, again: !isNew }, ctx), isNew };
}

async function readPayment(
  paymentId: string,
  { table }: Pick<Context, 'table'>,
): Promise<Payment | undefined> {
  if (!/^\w{1,100}$/.test(paymentId)) return undefined;
  const key = keys.payment(paymentId);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  return item && fromPaymentItem(item);
}

/** The amount to refund, if it can be refunded. */
function amountOf({ amount, currency }: RefundAsked, payment: Payment): number {
  if (currency !== undefined && currency.toLowerCase() !== payment.currency) {
    const detail = `The gift was made in ${payment.currency.toUpperCase()}, and is refunded in it.`;
    throw new Problem('invalid', detail, { errors: [{ pointer: '/currency', detail }] });
  }
  if (payment.disputeOpen) {
    throw new Problem(
      'gift-disputed',
      'The donor’s bank disputes this gift: nothing is refunded while it is open.',
    );
  }
  const left = refundableAmount(payment);
  if (left === 0 || (amount !== undefined && amount > left)) {
    const detail = `${formatMoney(left, payment.currency)} of this gift can be refunded.`;
    throw new Problem('refund-above-left', detail, { errors: [{ pointer: '/amount', detail }] });
  }
  return amount ?? left;
}

function askChanges(
  request: RefundRequest,
  payment: Payment,
  permit: Permit<'gift.refund'>,
): Changes<'request' | 'payment' | 'audit'> {
  const { amount, currency, reason } = request;
  const object = { kind: 'gift', id: payment.paymentId } as const;
  return {
    request: { put: toRefundRequestItem(request), condition: isNew },
    payment: toReservedChange(payment, amount),
    audit: auditChange(
      permit,
      {
        object,
        before: { refunded: payment.refunded },
        after: { state: 'refund-asked', amount, currency, reasonCode: reason, refundId: request.id },
      },
      request.at,
    ),
  };
}
