import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems, readList } from '#platform/table/table.ts';
import { fromPayoutItem, type StoredPayout } from './payout-item.ts';

/** More payouts than a month can have: Stripe pays out once a day at most. */
const mostPayouts = 1000;

/** The payouts that Stripe made in a Hong Kong month, the newest first. */
export async function readPayouts(
  { month }: { readonly month: Month; readonly permit: Permit<'ledger.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<StoredPayout[]> {
  const items = await readList(table, lists.payouts(month), { order: 'newest', limit: mostPayouts });
  return readIntact(items, fromPayoutItem);
}

/** Reads a payout, strongly consistent. @throws Problem `not-found` */
export async function readStoredPayout(
  payoutId: string,
  { table }: Pick<Context, 'table'>,
): Promise<StoredPayout> {
  const key = keys.payout(payoutId);
  const item = /^\w{1,100}$/.test(payoutId)
    ? (await readItems(table, [key], { consistent: true })).itemAt(key)
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such payout.');
  return fromPayoutItem(item);
}
