import type Stripe from 'stripe';
import { toStatusChange } from '#payments/checkout/checkout-item.ts';
import type { Context } from '#platform/context/context.ts';
import { isOfBooks } from '#platform/money.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import {
  countOtherCurrency,
  type Listed,
  listOtherCurrency,
  type OtherCurrency,
  toOtherCurrencyItem,
} from './list-other-currency.ts';

/** A paid Session of ours in another currency; undefined for one in the books', and for one that lacks the fields that show it. */
export function otherCurrencySession(
  { currency, amount_total: amount }: Stripe.Checkout.Session,
  names: { readonly checkoutId: string; readonly paymentId: string },
): OtherCurrency | undefined {
  // Of an odd event these may be missing: then booking refuses it by name.
  if (typeof currency !== 'string' || typeof amount !== 'number' || isOfBooks(currency)) return undefined;
  return { id: names.paymentId, ...names, currency, amount };
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
