import { hongKongMonth } from '#platform/clock.ts';
import type { ProblemCode } from '#platform/errors.ts';
import { type Currency, currencies } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';

/** Why money is refunded: a closed list, so that no text about a person stands in the books. */
export const refundReasons = [
  'requested-by-giver',
  'duplicate',
  'wrong-amount',
  'fraudulent',
  'other',
] as const;

export type RefundReason = (typeof refundReasons)[number];

/** Why Stripe did not make a refund. */
const refundRefusals = [
  'refund-above-left',
  'gift-disputed',
  'refund-too-late',
  'refund-refused',
] as const satisfies ProblemCode[];

/** One of them: the problem that is answered. */
export type RefundRefusal = (typeof refundRefusals)[number];

/** A refund that a member of the staff asked Stripe for. */
export interface RefundRequest {
  readonly id: string;
  readonly paymentId: string;
  /** Minor units; fixed when it is asked, also when the body left it out. */
  readonly amount: number;
  readonly currency: Currency;
  readonly reason: RefundReason;
  /** Who asked: the subject of the sign-in. */
  readonly actor: string;
  readonly at: Date;
  /** `asked`: Stripe's answer is not known yet. */
  readonly state: 'asked' | 'done' | 'refused';
  /** Stripe's refund, once done. */
  readonly refundId: string | undefined;
  /** Why not, once refused. */
  readonly refusal: RefundRefusal | undefined;
}

/** The item of a new request. It stands in the list of open ones of its month until it is done or refused. */
export function toRefundRequestItem(request: RefundRequest): Item {
  return toItem(keys.refundRequest(request.id), 'refund-request', 1, {
    id: request.id,
    paymentId: request.paymentId,
    amount: request.amount,
    currency: request.currency,
    reason: request.reason,
    actor: request.actor,
    at: request.at.toISOString(),
    state: request.state,
    list: lists.openRefundRequests(hongKongMonth(request.at)),
    listOrder: `${request.at.toISOString()}#${request.id}`,
  });
}

export function fromRefundRequestItem(item: Item): RefundRequest {
  const fields = read(item);
  return {
    id: fields.text('id'),
    paymentId: fields.text('paymentId'),
    amount: fields.int('amount'),
    currency: fields.oneOf('currency', currencies),
    reason: fields.oneOf('reason', refundReasons),
    actor: fields.text('actor'),
    at: fields.date('at'),
    state: fields.oneOf('state', ['asked', 'done', 'refused']),
    refundId: fields.maybeText('refundId'),
    refusal: fields.maybeOneOf('refusal', refundRefusals),
  };
}

/** Ends a request that is still open, and moves it to the list of its payment. */
export function toAnsweredRequestChange(
  { id, paymentId }: Pick<RefundRequest, 'id' | 'paymentId'>,
  settled: { readonly refundId: string } | { readonly refusal: RefundRefusal },
): Change {
  const done = 'refundId' in settled;
  return {
    update: keys.refundRequest(id),
    set: {
      expression: `SET #state = :state, ${done ? 'refundId' : 'refusal'} = :outcome, #list = :list`,
      names: { '#state': 'state', '#list': 'list' },
      values: {
        ':state': done ? 'done' : 'refused',
        ':outcome': done ? settled.refundId : settled.refusal,
        ':list': lists.refunds(paymentId),
        ':asked': 'asked',
      },
    },
    condition: '#state = :asked',
  };
}
