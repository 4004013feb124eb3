import { type Attention, toAttentionItem } from '#kernel/attention/attention-item.ts';
import { toStatusChange } from '#payments/checkout/checkout-item.ts';
import type { Context } from '#platform/context/context.ts';
import { count } from '#platform/log.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import type { Item } from '#platform/table/table.ts';

/** Money that Stripe reported in another currency than the books'. */
export interface OtherCurrency {
  /** Stripe's id: of the payment of a charge, else of the refund, dispute, payout or balance transaction. */
  readonly id: string;
  readonly currency: string;
  /** In the smallest unit of its currency, which may be no hundredth. */
  readonly amount: number;
  readonly paymentId?: string | undefined;
  readonly checkoutId?: string | undefined;
}

/** What became of money that only a person can resolve: `listed` now, or `duplicate` – it was listed before. */
export type Listed = 'listed' | 'duplicate';

function toOtherCurrencyItem(reported: OtherCurrency, now: Date): Item {
  const { id, paymentId, checkoutId, amount, currency } = reported;
  const reason = `${amount} of the smallest unit of ${currency.toUpperCase()}`;
  const attention: Attention = { kind: 'other-currency', id, paymentId, checkoutId, at: now, reason };
  return toAttentionItem(attention);
}

/**
 * Lists money of another currency for a person, once. It moves no account: the books are kept in one currency, and what it is worth in
 * that one only a person can say.
 */
export async function listOtherCurrency(
  reported: OtherCurrency,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Listed> {
  const outcome = await commit(table, () => ({
    attention: { put: toOtherCurrencyItem(reported, now), condition: isNew },
  }));
  if (!outcome.committed) return 'duplicate';
  countOtherCurrency(reported);
  return 'listed';
}

/**
 * Lists a paid Session in another currency for a person, and shows its checkout as worked on, for that is what it is: the money was
 * taken and nothing is booked. A checkout in another state does not prevent the listing.
 */
export async function listOtherCurrencySession(
  reported: OtherCurrency & { readonly checkoutId: string },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Listed> {
  const outcome = await commit(table, () => ({
    attention: { put: toOtherCurrencyItem(reported, now), condition: isNew },
    checkout: toStatusChange(reported.checkoutId, 'processing', ['open']),
  }));
  if (!outcome.committed) return listOtherCurrency(reported, { table, now });
  countOtherCurrency(reported);
  return 'listed';
}

/** Rings for it; its item says the same, whatever becomes of the log. */
function countOtherCurrency({ id, currency, amount }: OtherCurrency): void {
  count('BooksDiffer', { kind: 'other-currency', id, currency, amount });
}
