import type { Checkout } from '#payments/checkout/checkout.ts';

/**
 * Whether the donor may correct the address: `open`; `used` when it was corrected before; `over` when it is too late or makes no sense.
 */
export type Correction = 'open' | 'used' | 'over';

/** How long after the payment an address can be corrected, in milliseconds. */
const correctionTime = 3_600_000;

/**
 * Decides whether a checkout's address can be corrected: once, until an hour after Stripe's time of payment. Before the payment is
 * booked no hour runs; an unpaid checkout gets no thank-you mail, so there is nothing to correct.
 */
export function correctionOf(
  { status, paidAt, addressCorrectedAt }: Pick<Checkout, 'status' | 'paidAt' | 'addressCorrectedAt'>,
  now: Date,
): Correction {
  const isWaiting = status === 'open' || status === 'processing';
  const isFresh =
    status === 'paid' && paidAt !== undefined && now.getTime() - paidAt.getTime() <= correctionTime;
  if (!isWaiting && !isFresh) return 'over';
  return addressCorrectedAt ? 'used' : 'open';
}

/**
 * The part of an address that the page shows: enough for its owner to see a typing error in the domain, too little for anybody to write
 * to.
 * @returns for example `j…@example.org`
 */
export function maskAddress(email: string): string {
  const at = email.lastIndexOf('@');
  // Of a name of one or two letters nothing is shown: one letter would be half of it.
  return `${at > 2 ? [...email][0] : ''}…${email.slice(at)}`;
}
