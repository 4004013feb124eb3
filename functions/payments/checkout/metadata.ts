import type { Language } from '#platform/charity.ts';
import { isCheckoutId, isNetworkName, isSlug } from '#platform/id-shapes.ts';
import { type Checkout, coverOf } from './checkout.ts';

/** What Stripe keeps for us with a Session and its payment: ids and amounts, no name, address or comment. */
export interface PaymentMetadata {
  readonly checkoutId: string;
  readonly campaign: string;
  readonly language: Language;
  /** What was to be paid without the cover, minor units; 0 when it cannot be read. */
  readonly giftAmount: number;
  /** What was to be paid towards the fees, minor units; 0 when it cannot be read. */
  readonly cover: number;
  /** The network that started the checkout, by its name in one window of ten minutes (`networkName`). */
  readonly network: string | undefined;
}

/** The metadata of a checkout's Session and PaymentIntent. A Session's own is not copied to its payment by Stripe. */
export function toMetadata(checkout: Checkout): Record<string, string> {
  const cover = coverOf(checkout);
  return {
    tideover_checkout: checkout.id,
    campaign: checkout.campaign,
    kind: 'gift',
    amount: String(checkout.amount - cover),
    cover: String(cover),
    language: checkout.language,
    ...(checkout.network && { network: checkout.network }),
  };
}

/** Reads our metadata; undefined when the payment belongs to another product of the account. */
export function fromMetadata(
  metadata: Record<string, string> | null | undefined,
): PaymentMetadata | undefined {
  const id = metadata?.tideover_checkout;
  const campaign = metadata?.campaign;
  if (!id || !isCheckoutId(id) || !campaign || !isSlug(campaign)) return undefined;
  return {
    checkoutId: id,
    campaign,
    language: metadata.language === 'zh-HK' ? 'zh-HK' : 'en',
    giftAmount: centsIn(metadata.amount),
    cover: centsIn(metadata.cover),
    network: isNetworkName(metadata.network) ? metadata.network : undefined,
  };
}

/** Whether metadata names a checkout of ours, whatever else it holds. */
export function namesOurCheckout(metadata: Record<string, string> | null | undefined): boolean {
  const id = metadata?.tideover_checkout;
  return id !== undefined && isCheckoutId(id);
}

/**
 * How much of what Stripe took is cover. Where it took another sum than was to be paid, a person looks at it; until then the gift
 * has its part first, and all that goes beyond both.
 *
 * @param taken what Stripe took, minor units
 * @param wanted what was to be paid
 */
export function coverWithin(
  taken: number,
  wanted: { readonly giftAmount: number; readonly cover: number },
): number {
  return Math.min(wanted.cover, Math.max(0, taken - wanted.giftAmount));
}

function centsIn(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
