import type { Account, Posting } from '#kernel/ledger/ledger-entry.ts';
import { sum } from '#platform/money.ts';

/** What a payment consists of. Minor units, none below zero; together they are what was taken. */
export interface Parts {
  readonly gift: number;
  /** What was bought. It raises nothing before the fund's result is booked. */
  readonly sales: number;
  /** What was added towards the fees. */
  readonly cover: number;
}

/** The parts in the order in which refunds and disputes take them. */
const partNames = ['sales', 'gift', 'cover'] as const satisfies (keyof Parts)[];

export const noParts: Parts = { gift: 0, sales: 0, cover: 0 };

/** What was taken in all. */
export function wholeOf(parts: Parts): number {
  return sum(partNames.map((name) => parts[name]));
}

/** Whether these can be the parts of a payment: whole numbers, none below zero, and something in all. */
export function areParts(parts: Parts): boolean {
  return (
    partNames.every((name) => Number.isSafeInteger(parts[name]) && parts[name] >= 0) && wholeOf(parts) > 0
  );
}

/**
 * The parts of what Stripe took. Where that is another sum than was to be paid, a person looks at it; until then what was bought has
 * its part first, then the gift, and the gift has all that goes beyond.
 */
export function partsWithin(taken: number, wanted: Parts): Parts {
  const sales = Math.min(wanted.sales, taken);
  const cover = Math.min(wanted.cover, Math.max(0, taken - sales - wanted.gift));
  return { gift: taken - sales - cover, sales, cover };
}

/**
 * Decides out of which parts a refund or dispute takes, and which get back what it returns: what was bought, then the gift, then the
 * cover; beyond all of them the gift's account again. Only the sums reversed before and after count, so that the accounts of a payment
 * do not depend on the order in which Stripe reports.
 *
 * @param reversed refunds and disputes together, before and from now on
 */
export function reversalBetween(
  parts: Parts,
  { before, after }: { readonly before: number; readonly after: number },
): Parts {
  const [from, to] = [reversedOf(parts, before), reversedOf(parts, after)];
  return { gift: to.gift - from.gift, sales: to.sales - from.sales, cover: to.cover - from.cover };
}

/** What is left of the parts after a sum was reversed. */
export function leftOf(parts: Parts, reversed: number): Parts {
  const gone = reversedOf(parts, Math.min(reversed, wholeOf(parts)));
  return { gift: parts.gift - gone.gift, sales: parts.sales - gone.sales, cover: parts.cover - gone.cover };
}

function reversedOf({ gift, sales, cover }: Parts, reversed: number): Parts {
  const ofSales = Math.min(sales, reversed);
  const ofCover = Math.min(cover, Math.max(0, reversed - sales - gift));
  return { gift: reversed - ofSales - ofCover, sales: ofSales, cover: ofCover };
}

const accounts: Readonly<Record<keyof Parts, (fund: string) => Account>> = {
  gift: (fund) => `raised:${fund}`,
  sales: (fund) => `sales:${fund}`,
  cover: () => 'cover',
};

/**
 * The postings of parts that leave their accounts, without empty ones.
 * @param sign -1 where they come in
 */
export function postingsOf(fund: string, parts: Parts, sign: 1 | -1 = 1): Posting[] {
  return (['gift', 'sales', 'cover'] as const).flatMap((name) =>
    parts[name] === 0 ? [] : [{ account: accounts[name](fund), amount: sign * parts[name] }],
  );
}
