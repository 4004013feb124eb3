/** ISO 4217 codes in lower case, as Stripe writes them. The books are kept in Hong Kong dollars. */
export const currencies = ['hkd'] as const;

export type Currency = (typeof currencies)[number];

/**
 * Whether an amount is of the books. Everything of Stripe's that carries a currency is asked this where it enters: what is not is
 * listed for a person (`listOtherCurrency`) and moves no account, however many decimals its currency has.
 * @param currency as Stripe reports it; null or undefined where an object has none
 */
export function isOfBooks(currency: string | null | undefined): currency is Currency {
  return currency === 'hkd';
}

/** Stripe's largest charge: 99,999,999 minor units (docs.stripe.com/currencies, maximum amounts). */
export const largestPayment = 99_999_999;

// Made when it is first needed: it takes 17 ms, which would delay the start of functions that never write an amount.
let dollars: Intl.NumberFormat | undefined;

/**
 * Writes an amount as both languages do.
 * @param amount minor units (cents)
 * @returns for example `HK$1,234.50`, or `-HK$5.00`
 */
export function formatMoney(amount: number, _currency: Currency): string {
  dollars ??= new Intl.NumberFormat('en-HK', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${amount < 0 ? '-' : ''}HK$${dollars.format(Math.abs(amount) / 100)}`;
}

/**
 * Writes an amount short: without cents where there are none.
 * @param amount minor units (cents)
 * @returns for example `HK$1,234` or `HK$1,234.50`
 */
export function formatMoneyShort(amount: number, currency: Currency): string {
  return formatMoney(amount, currency).replace(/\.00$/, '');
}

/** The sum of amounts in one currency, in minor units. */
export function sum(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}
