import type { Payment } from '#payments/payment/payment.ts';
import type { Change } from '#platform/table/commit.ts';
import { type Key, keys } from '#platform/table/keys.ts';

/** What of a gift's refunds changes. */
interface ReversalChange {
  /** All refunds from now on. */
  readonly refunded?: number;
  /** Added to what is reserved; below zero releases a reservation. */
  readonly reserve?: number;
  /** The name of its ledger entry. */
  readonly entry?: string;
}

type Update = Extract<Change, { readonly update: Key }>;

const counted = ['refunded', 'disputed'] as const;

/** Writes what refunds reversed of a gift, if no other reversal came since the read: the decision is valid for that state only. */
export function toRefundedPaymentChange(
  payment: Payment,
  { refunded, reserve = 0, entry }: ReversalChange,
): Update {
  const added = [reserve !== 0 && 'refundReserved :reserve', entry && 'otherEntries :entry'].filter(Boolean);
  return {
    update: keys.payment(payment.paymentId),
    set: {
      expression: [
        refunded !== undefined && 'SET refunded = :now',
        added.length > 0 && `ADD ${added.join(', ')}`,
      ]
        .filter(Boolean)
        .join(' '),
      values: {
        ...(refunded !== undefined && { ':now': refunded }),
        ...(reserve !== 0 && { ':reserve': reserve }),
        ...(entry && { ':entry': new Set([entry]) }),
        ':refunded': payment.refunded,
        ':disputed': payment.disputed,
      },
    },
    condition: counted.map((field) => isAsRead(field, payment[field])).join(' AND '),
  };
}

/** Reserves a part of a gift for a refund, when it stands as it was read and no dispute is open. */
export function toReservedChange(payment: Payment, amount: number): Change {
  const change = toRefundedPaymentChange(payment, { reserve: amount });
  return {
    ...change,
    set: {
      ...change.set,
      values: { ...change.set.values, ':reserved': payment.refundReserved, ':open': true },
    },
    condition: [
      change.condition,
      isAsRead('refundReserved', payment.refundReserved),
      '(attribute_not_exists(disputeOpen) OR disputeOpen <> :open)',
    ].join(' AND '),
  };
}

/** Releases a reservation. */
export function toUnreservedChange(paymentId: string, amount: number): Change {
  return {
    update: keys.payment(paymentId),
    set: { expression: 'ADD refundReserved :reserve', values: { ':reserve': -amount } },
    condition: 'attribute_exists(pk)',
  };
}

const values = { refunded: ':refunded', disputed: ':disputed', refundReserved: ':reserved' } as const;

/** A field that nobody wrote yet counts as nothing. */
function isAsRead(field: keyof typeof values, was: number): string {
  const same = `${field} = ${values[field]}`;
  return was === 0 ? `(attribute_not_exists(${field}) OR ${same})` : same;
}
