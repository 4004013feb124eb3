import { charity } from '#platform/charity.ts';
import { largestPayment } from '#platform/money.ts';

/** Whether a gift can be so large; minor units. The charity says what the smallest is, Stripe the largest. */
export function isGiftAmount(cents: number): boolean {
  return cents >= charity.smallestGift && cents <= largestPayment;
}
