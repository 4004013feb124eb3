/** What the card company takes of a payment. */
export interface CardFee {
  /** Hundredths of a percent of all that is paid. */
  readonly basisPoints: number;
  /** Besides, of each payment; minor units. */
  readonly fixed: number;
}

/** What the card company takes of a payment by the rates: its share rounded to the cent, half a cent up, and the fixed sum. */
export function feeOf(paid: number, { basisPoints, fixed }: CardFee): number {
  return Math.floor((paid * basisPoints + 5000) / 10_000) + fixed;
}

/**
 * What a donor adds so that, by the rates, the gift remains when the fee is taken: the least amount for which what is paid in all
 * less its fee is the gift or more. The fee of the actual card may differ: only Stripe's balance transaction shows it.
 *
 * @param payment minor units
 * @param fee rates that infra/charity-schema.ts takes
 * @returns minor units; HK$20.03 for HK$500.00 at 3.4% + HK$2.35
 */
export function feeCover(payment: number, fee: CardFee): number {
  // What remains never falls as the payment grows, so the first payment of which the gift remains is the least.
  let paid = Math.floor(((2 * (payment + fee.fixed) - 1) * 5000) / (10_000 - fee.basisPoints));
  while (paid - feeOf(paid, fee) < payment) paid += 1;
  return paid - payment;
}
