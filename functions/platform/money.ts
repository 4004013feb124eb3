/** ISO 4217 code in lower case, as Stripe writes it. The books are kept in Hong Kong dollars. */
export type Currency = 'hkd';

/** Stripe's smallest charge in Hong Kong dollars: HK$4.00, in cents (docs.stripe.com/currencies, minimum charge amounts). */
export const smallestGift = 400;

/** Stripe's largest charge: 99,999,999 minor units (docs.stripe.com/currencies, maximum amounts). */
export const largestGift = 99_999_999;

const dollars = new Intl.NumberFormat('en-HK', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/**
 * Writes an amount as both languages do.
 * @param amount minor units (cents)
 * @returns for example `HK$1,234.50`, or `-HK$5.00`
 */
export function formatMoney(amount: number, _currency: Currency): string {
  return `${amount < 0 ? '-' : ''}HK$${dollars.format(Math.abs(amount) / 100)}`;
}

/**
 * Reads an amount of dollars that a person typed, such as `500`, `1,600` or `HK$4.50`.
 * @returns minor units (cents); undefined when it is no amount with at most two decimals
 */
export function parseDollars(text: string): number | undefined {
  const match = /^(?:HK)?\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2}))?$/i.exec(text.trim());
  if (!match?.[1]) return undefined;
  return Number(match[1].replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** The sum of amounts in one currency, in minor units. */
export function sum(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}
