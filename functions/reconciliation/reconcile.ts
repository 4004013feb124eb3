import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { toAttentionItem } from '../gifts/attention-item.ts';
import { fromAccountMonthItem } from '../ledger/account-month-item.ts';
import { beginBooks } from '../ledger/begin-books.ts';
import { listOtherCurrency } from '../ledger/other-currency.ts';
import { fromPayoutItem } from '../ledger/payout-item.ts';
import { readBooks } from '../ledger/read-books.ts';
import type { BooksDeps } from '../ledger/record-fees.ts';
import {
  hongKongDay,
  hongKongMonth,
  type Month,
  monthsBetween,
  previousMonth,
  startOfMonth,
} from '../platform/clock.ts';
import { count } from '../platform/log.ts';
import { readBalance } from '../stripe/listings.ts';
import { commit } from '../table/commit.ts';
import { keys, lists } from '../table/keys.ts';
import { putNew, readItems, readWholeList, type Table, toItem } from '../table/table.ts';
import { Attempts } from '../upkeep/attempts.ts';
import { type Compared, compareWithStripe, nothingCompared } from './compare-with-stripe.ts';
import { differenceId, type NamedDifference } from './difference.ts';
import {
  attentionOf,
  fromDifferenceItem,
  type StoredDifference,
  toNewDifference,
  toResolvedDifference,
  toSeenDifference,
} from './difference-item.ts';

/** What a night's comparison found. */
export interface Reconciled extends Compared {
  /** Differences that are there, accepted ones left out; and those that were there and are gone. */
  readonly differences: number;
  readonly resolved: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** So many days are compared each night. */
const lookedBack = 3 * day;
/** So long a difference is looked for again; then only a person can settle it. */
const longestBack = 100 * day;
/** Younger money may be on its way: fees are booked hourly, lost events are swept hourly. */
const onItsWay = 2 * hour;
/** In this night the whole month before is compared: its books can be closed two days later. */
const monthlyDay = '06';

/**
 * Compares the books with Stripe: the last three days, everything since the last run, and as far back as differences are open;
 * once a month the whole month before. Each difference stands by name in the list of its month and of what a person has to look
 * at, rings once, and is resolved by itself when it is gone.
 */
export async function reconcile({ table, stripe, now }: BooksDeps): Promise<Reconciled> {
  const { slugs, months } = await beginBooks(table, now);
  const open = await readOpen(table, now);
  const from = await startOf({ table, now, first: months[0], open });
  const until = new Date(now.getTime() - onItsWay);
  const compared = nothingCompared();
  const found = new Set<string>();
  let differences = 0;
  const attempts = new Attempts({ table, now });
  const named = compareWithStripe({ table, stripe, slugs, from, until, now }, compared);
  await attempts.each('difference', named, differenceId, async (each) => {
    if (found.has(differenceId(each))) return;
    found.add(differenceId(each));
    if (await note(each, table, now)) differences += 1;
  });
  let resolved = 0;
  const gone = open.filter(({ id, at }) => !found.has(id) && at >= from && at < until);
  await attempts.each(
    'difference',
    gone,
    ({ id }) => id,
    async (each) => {
      await resolve(each, table, now);
      resolved += 1;
    },
  );
  attempts.end('differences could not be noted.');
  const cursor = toItem(keys.cursor('reconcile'), 'cursor', 1, { through: until.toISOString() });
  await table.client.send(new PutCommand({ TableName: table.name, Item: cursor }));
  return { ...compared, differences, resolved };
}

/** Every open difference that is looked for again. */
async function readOpen(table: Table, now: Date): Promise<StoredDifference[]> {
  const open: StoredDifference[] = [];
  const first = hongKongMonth(new Date(now.getTime() - longestBack));
  for (const month of monthsBetween(first, hongKongMonth(now))) {
    for await (const page of readWholeList(table, lists.differences(month))) {
      open.push(...page.map(fromDifferenceItem).filter(({ state }) => state === 'open'));
    }
  }
  return open;
}

/** From when on to compare. */
async function startOf({
  table,
  now,
  first,
  open,
}: {
  readonly table: Table;
  readonly now: Date;
  readonly first: Month | undefined;
  readonly open: readonly StoredDifference[];
}): Promise<Date> {
  const key = keys.cursor('reconcile');
  const cursor = (await readItems(table, [key], { consistent: true })).itemAt(key);
  const starts = [now.getTime() - lookedBack, ...open.map(({ at }) => at.getTime())];
  if (cursor) starts.push(Date.parse(cursor.through as string));
  else if (first !== undefined) starts.push(startOfMonth(first).getTime());
  if (hongKongDay(now).endsWith(`-${monthlyDay}`)) {
    starts.push(startOfMonth(previousMonth(hongKongMonth(now))).getTime());
  }
  const earliest = Math.max(Math.min(...starts), now.getTime() - longestBack);
  // Stripe's times are whole seconds.
  return new Date(Math.floor(earliest / 1000) * 1000);
}

/** Writes a difference; the first time it rings, and stands among what a person has to look at. Accepted ones are left alone. */
async function note(difference: NamedDifference, table: Table, now: Date): Promise<boolean> {
  const id = differenceId(difference);
  const key = keys.difference(id);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  const change = item
    ? toSeenDifference(fromDifferenceItem(item), difference.amount, now)
    : toNewDifference(difference, now);
  const outcome = await commit(table, () => ({ difference: change }));
  if (!outcome.committed) return false;
  if (difference.kind === 'other-currency') return listOther(difference, table, now);
  const before = await putNew(table, toAttentionItem({ kind: 'books-differ', id, at: now }));
  if (before === undefined) count('BooksDiffer', { kind: difference.kind, id: difference.stripeId });
  return true;
}

/** Whatever told of it first has listed it already. */
async function listOther(difference: NamedDifference, table: Table, now: Date): Promise<true> {
  const { stripeId: id, amount, currency = '' } = difference;
  await listOtherCurrency({ id, amount, currency }, { table, now });
  return true;
}

async function resolve(difference: StoredDifference, table: Table, now: Date): Promise<void> {
  await commit(table, () => ({
    difference: toResolvedDifference(difference, now),
    attention: { remove: attentionOf(difference) },
  }));
}

/** What Stripe holds, and what the books say it holds; minor units. */
export interface ComparedBalance {
  readonly atStripe: number;
  /** What it holds in other currencies, minor units of each. */
  readonly others: ReadonlyMap<string, number>;
  /** As the months were last added up, at most an hour ago. */
  readonly inBooks: number;
  /** Left Stripe's balance, and is booked once Stripe says what is in it. */
  readonly payoutsOnTheWay: number;
  /** Zero when all of the account is ours and nothing happened within the hour. */
  readonly difference: number;
}

/** Compares Stripe's balance with the account `stripe`. */
export async function compareBalance({ table, stripe, now }: BooksDeps): Promise<ComparedBalance> {
  const { months } = await readBooks(table, now);
  const read = await readItems(table, months.map(keys.accountMonth));
  let inBooks = 0;
  let payoutsOnTheWay = 0;
  for (const month of months) {
    const item = read.itemAt(keys.accountMonth(month));
    inBooks += item ? (fromAccountMonthItem(item).sums.stripe ?? 0) : 0;
    for await (const page of readWholeList(table, lists.payouts(month))) {
      for (const { state, amount } of page.map(fromPayoutItem)) {
        if (state === 'expected') payoutsOnTheWay += amount;
      }
    }
  }
  const { held: atStripe, others } = await readBalance(stripe);
  return { atStripe, others, inBooks, payoutsOnTheWay, difference: atStripe + payoutsOnTheWay - inBooks };
}
