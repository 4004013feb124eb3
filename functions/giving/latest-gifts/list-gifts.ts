import { personAt } from '#kernel/people/read-person.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { isListed } from '#payments/payment/payment.ts';
import { fromPaymentItem, paymentOrder } from '#payments/payment/payment-item.ts';
import { type Month, previousMonth } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, paymentLists } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { readItems, readList, type Table } from '#platform/table/table.ts';
import type { PublicGift } from './latest-gifts-item.ts';
import { toPublicGift } from './public-gift.ts';

export interface GiftCursor {
  readonly month: Month;
  /** The time of the last gift that was shown; undefined at the beginning of the month. A cursor never contains a payment's id. */
  readonly at: string | undefined;
  /** How many gifts of that same time were shown. */
  readonly shown: number;
}

const monthsAPage = 24;

/**
 * Reads a page of a campaign's gifts, newest first, from the cursor's month backwards.
 * @param firstMonth the first month in which the campaign raised anything; undefined when there is none
 * @param limit 1 to 100
 */
export async function listGifts(
  {
    slug,
    firstMonth,
    cursor,
    limit,
  }: {
    readonly slug: string;
    readonly firstMonth: Month | undefined;
    readonly cursor: GiftCursor;
    readonly limit: number;
  },
  { table }: Pick<Context, 'table'>,
): Promise<{ data: PublicGift[]; next: GiftCursor | undefined }> {
  if (firstMonth === undefined) return { data: [], next: undefined };
  let from = cursor;
  for (let passed = 0; from.month >= firstMonth && passed < monthsAPage; passed += 1) {
    const gifts = await giftsOfMonth(table, slug, from, limit + 1);
    if (gifts.length > 0) {
      const shown = gifts.slice(0, limit);
      return {
        data: await publish(table, shown),
        next: following(from, shown, gifts.length > limit, firstMonth),
      };
    }
    from = { month: previousMonth(from.month), at: undefined, shown: 0 };
  }
  return { data: [], next: from.month >= firstMonth ? from : undefined };
}

/** A campaign's newest gifts of all months, newest first; the index may be a moment behind. */
export async function newestGifts(
  {
    slug,
    months,
    limit,
  }: {
    readonly slug: string;
    readonly months: { readonly first: Month; readonly last: Month };
    readonly limit: number;
  },
  { table }: Pick<Context, 'table'>,
): Promise<Payment[]> {
  const gifts: Payment[] = [];
  let month = months.last;
  for (let passed = 0; month >= months.first && passed < monthsAPage && gifts.length < limit; passed += 1) {
    gifts.push(
      ...(await giftsOfMonth(table, slug, { month, at: undefined, shown: 0 }, limit - gifts.length)),
    );
    month = previousMonth(month);
  }
  return gifts;
}

/** The newest public gifts of a month from a cursor on, at most `limit`; fully reversed gifts and gifts under review are left out. */
async function giftsOfMonth(table: Table, slug: string, from: GiftCursor, limit: number): Promise<Payment[]> {
  const pages = await Promise.all(
    paymentLists(slug, from.month).map((list) =>
      // '$' sorts after the '#' of the order, so gifts of the same time are read again and those already shown are skipped.
      publicGifts(table, list, from.at && `${from.at}$`, limit + from.shown),
    ),
  );
  const gifts = pages.flat();
  gifts.sort((a, b) => (paymentOrder(a) < paymentOrder(b) ? 1 : -1));
  return gifts.slice(from.shown, from.shown + limit);
}

/** The newest public gifts of one list, at most `limit`; reads past those that are fully reversed or under review. */
async function publicGifts(table: Table, list: string, before: string | undefined, limit: number) {
  const listed: Payment[] = [];
  for (let from = before; ; ) {
    const page = await readList(table, list, { order: 'newest', limit, ...(from && { before: from }) });
    listed.push(...readIntact(page, fromPaymentItem).filter((gift) => isListed(gift)));
    const last = page.at(-1);
    if (!last || page.length < limit || listed.length >= limit) return listed.slice(0, limit);
    from = read(last).text('listOrder');
  }
}

async function publish(table: Table, gifts: readonly Payment[]): Promise<PublicGift[]> {
  const people = await readItems(
    table,
    gifts.map((gift) => keys.person(gift.checkoutId)),
  );
  return readIntact(gifts, (gift) => toPublicGift(gift, personAt(people, gift.checkoutId, gift.at)));
}

function following(
  from: GiftCursor,
  shown: readonly Payment[],
  more: boolean,
  firstMonth: Month,
): GiftCursor | undefined {
  const at = shown.at(-1)?.at.toISOString();
  if (more && at) {
    const sameTime = shown.filter((gift) => gift.at.toISOString() === at).length;
    return { month: from.month, at, shown: sameTime + (from.at === at ? from.shown : 0) };
  }
  const month = previousMonth(from.month);
  return month >= firstMonth ? { month, at: undefined, shown: 0 } : undefined;
}
