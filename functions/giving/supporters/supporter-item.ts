import { countsSupporter, type Payment } from '#payments/payment/payment.ts';
import { isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { SeparateChange } from '#platform/table/write-each.ts';

/** A payment of a donor whom a supporter's item can count once: without an address each payment is one. */
export type DonorsPayment = Payment & { readonly donor: string };

export function isOfDonor(payment: Payment): payment is DonorsPayment {
  return payment.donor !== undefined && payment.parts.gift > 0;
}

/** The payments of a donor to a fund that are not fully reversed. */
export function paymentsOf(item: Item | undefined): ReadonlySet<string> {
  return new Set((item && read(item).maybeTexts('payments')) ?? []);
}

/** What becomes of a donor's payments with one of them as it stands now. */
export interface SupporterStep {
  /** Undefined when the item says so already. */
  readonly change?: SeparateChange;
  /** How many more of them, or fewer, are another gift of the same supporter. */
  readonly repeats: number;
}

/** Decides it on the item as it was read; the change is written only while it stands so. */
export function decideSupporter(item: Item | undefined, payment: DonorsPayment): SupporterStep {
  const before = paymentsOf(item);
  const { paymentId } = payment;
  const counts = countsSupporter(payment);
  if (before.has(paymentId) === counts) return { repeats: 0 };
  const key = keys.supporter(payment.fund, payment.donor);
  const after = new Set(counts ? [...before, paymentId] : [...before].filter((each) => each !== paymentId));
  if (!item)
    return {
      repeats: 0,
      change: { put: toItem(key, 'supporter', 1, { payments: after }), condition: isNew },
    };
  return {
    repeats: repeatsAmong(after.size) - repeatsAmong(before.size),
    change: {
      update: key,
      set: {
        expression: after.size > 0 ? 'SET payments = :after' : 'REMOVE payments',
        values: { ...(after.size > 0 && { ':after': after }), ...(before.size > 0 && { ':before': before }) },
      },
      condition: before.size > 0 ? 'payments = :before' : 'attribute_not_exists(payments)',
    },
  };
}

function repeatsAmong(payments: number): number {
  return Math.max(0, payments - 1);
}
