/** ISO 4217 code in lower case, as Stripe writes it. The books are kept in Hong Kong dollars. */
export type Currency = 'hkd';

/**
 * Whether an amount is of the books. Everything of Stripe's that carries a currency is asked this where it enters: what is not is
 * listed for a person (`listOtherCurrency`) and moves no account, however many decimals its currency has.
 * @param currency as Stripe tells it: what an object lacks is none
 */
export function isOfBooks(currency: string | null | undefined): currency is Currency {
  return currency === 'hkd';
}

/** Stripe's smallest charge in Hong Kong dollars: HK$4.00, in cents (docs.stripe.com/currencies, minimum charge amounts). */
export const smallestGift = 400;

/** Stripe's largest charge: 99,999,999 minor units (docs.stripe.com/currencies, maximum amounts). */
export const largestGift = 99_999_999;

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
 * Reads an amount of dollars that a person typed, such as `500`, `1,600`, `1 600`, `HK$4.50`, `500元`, also in full-width
 * characters, as Chinese keyboards write them.
 * @returns minor units (cents); undefined when it is no amount with at most two decimals
 */
export function parseDollars(text: string): number | undefined {
  const match =
    /^(?:HK)?\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d{1,7})(?:\.(\d{1,2}))?\s*[元圓]?$/i.exec(
      halfWidth(text).trim(),
    );
  if (!match?.[1]) return undefined;
  return Number(match[1].replaceAll(/[, ]/g, '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** Full-width forms of ASCII as ASCII, and each kind of space as a usual one. Wider folding would read `5²` as 52. */
function halfWidth(text: string): string {
  return text
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(/\p{Zs}/gu, ' ');
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
