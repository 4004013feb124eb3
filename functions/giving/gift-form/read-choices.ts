import type { Campaign } from '#giving/campaigns/campaign.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import { type Checkout, choicesLifetime, partsOf } from '#payments/checkout/checkout.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import type { Context } from '#platform/context/context.ts';
import { isCheckoutId } from '#platform/id-shapes.ts';
import { inOwnLetters } from '#platform/mail-address.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import type { FormValues } from './form-values.ts';

/** States in which a donor can choose again: nothing is paid, and no payment is under way. */
const unpaid: ReadonlySet<string> = new Set(['open', 'expired', 'failed']);

/**
 * Reads what a donor had filled in before going to Stripe's page and coming back without paying, by the checkout's secret id, for a
 * day.
 *
 * @returns undefined for an id that is wrong, too old, paid, or of another campaign
 */
export async function readChoices(
  { campaign, checkoutId }: { readonly campaign: Campaign; readonly checkoutId: string | undefined },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<{ readonly checkout: Checkout; readonly values: FormValues } | undefined> {
  if (!checkoutId || !isCheckoutId(checkoutId)) return undefined;
  const checkoutKey = keys.checkout(checkoutId);
  const read = await readItems(table, [checkoutKey, keys.person(checkoutId)], { consistent: true });
  const [checkoutItem, person] = [read.itemAt(checkoutKey), personAt(read, checkoutId, now)];
  if (!checkoutItem || !person) return undefined;
  const checkout = fromCheckoutItem(checkoutItem);
  const age = now.getTime() - checkout.createdAt.getTime();
  const { kind, slug } = checkout.subject;
  if (
    kind !== 'campaign' ||
    slug !== campaign.slug ||
    !unpaid.has(checkout.status) ||
    age >= choicesLifetime
  ) {
    return undefined;
  }
  return { checkout, values: toValues(checkout, person) };
}

function toValues(checkout: Checkout, person: Person): FormValues {
  const { gift, cover } = partsOf(checkout);
  const yes = (name: string, ticked: boolean) => (ticked ? { [name]: 'yes' } : {});
  return {
    checkout: checkout.id,
    amount: String(gift),
    name: person.name,
    email: inOwnLetters(person.email),
    ...(person.displayName && !person.hideName && { displayName: person.displayName }),
    ...(person.message && { message: person.message }),
    ...(person.receiptName && { receiptName: person.receiptName }),
    ...yes('coverFee', cover > 0),
    ...yes('hideAmount', person.hideAmount),
    ...yes('marketingConsent', person.marketingConsent !== undefined),
  };
}
