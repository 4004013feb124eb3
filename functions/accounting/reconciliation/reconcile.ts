import { fromAccountMonthItem } from '#accounting/accounts/account-month-item.ts';
import { beginBooks } from '#accounting/accounts/begin-books.ts';
import { readBooks } from '#accounting/accounts/read-books.ts';
import type { BalanceMovement } from '#accounting/payouts/balance-movement.ts';
import { fromPayoutItem } from '#accounting/payouts/payout-item.ts';
import type { BooksContext } from '#accounting/payouts/record-fees.ts';
import { Attempts } from '#kernel/attention/attempt-each.ts';
import { callOnce } from '#kernel/attention/call-person.ts';
import { listOtherCurrency } from '#payments/payment/list-other-currency.ts';
import type { BookingContext } from '#payments/payment/record-payment.ts';
import {
  hongKongDay,
  hongKongMonth,
  type Month,
  monthsBetween,
  previousMonth,
  startOfMonth,
} from '#platform/clock.ts';
import { readBalance } from '#platform/stripe/listings.ts';
import { commit } from '#platform/table/commit.ts';
import { readCursor, writeCursor } from '#platform/table/cursor.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type ItemsRead, readItems, readWholeList, type Table } from '#platform/table/table.ts';
import {
  type Compared,
  type ComparedPart,
  comparisons,
  type NotCompared,
  nothingCompared,
} from './compare-with-stripe.ts';
import { type DifferenceKind, differenceId, type NamedDifference } from './difference.ts';
import {
  attentionOf,
  fromDifferenceItem,
  type StoredDifference,
  toNewDifference,
  toResolvedDifference,
  toSeenDifference,
} from './difference-item.ts';
import { repairPayments } from './repair-payments.ts';

export interface Reconciled extends Compared {
  /** Differences that are open, without accepted ones; and differences that were open and are resolved. */
  readonly differences: number;
  readonly resolved: number;
  /** Payments of ours that no Stripe event had booked. */
  readonly repaired: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** How far back each night compares. Milliseconds. */
const lookedBack = 3 * day;
/** How long the nights look for a difference again; after that only a person can resolve it. Milliseconds. */
const longestBack = 100 * day;
/** Younger movements may not be in the books yet: fees are booked hourly, and the sweep takes up lost events hourly. Milliseconds. */
const onItsWay = 2 * hour;
/** On this day of the month the whole month before is compared: its books can be closed two days later. */
const monthlyDay = '06';

/**
 * Compares the books with Stripe: the last three days, everything since the last run, and as far back as differences are open; once a
 * month the whole month before. A payment of ours that no event has booked is booked first (`repairPayments`). Each difference is
 * stored by name in the list of its month, calls a person once, and is resolved by itself when it is gone. What cannot be compared is
 * recorded and skipped; its differences stay, and the next night compares from the same day on.
 *
 * @throws WorkFailed at the end when anything could not be compared or recorded
 */
export async function reconcile({
  table,
  stripe,
  now,
  random,
}: BooksContext & Pick<BookingContext, 'random'>): Promise<Reconciled> {
  const { slugs, months } = await beginBooks({ table, now });
  const attempts = new Attempts({ table, now });
  const open = await readOpen(table, now, attempts);
  const from = await startOf({ table, now, first: months[0], open });
  const until = new Date(now.getTime() - onItsWay);
  const compared = nothingCompared();
  const found = new Set<string>();
  let differences = 0;
  const unseen: Unseen = { parts: new Set(), names: new Set() };
  const skip = (what: NotCompared, error: unknown) => {
    for (const name of what.names) if (name !== undefined) unseen.names.add(name);
    return attempts.note(what.kind, what.id, error);
  };
  let repaired = 0;
  const repair = async (movements: readonly BalanceMovement[], read: ItemsRead) => {
    const those = await repairPayments(movements, read, { table, now, random, attempts });
    repaired += those;
    return those;
  };
  const parts = comparisons({ table, stripe, slugs, from, until, now, repair, skip }, compared);
  for (const part of partsInOrder) {
    unseen.parts.add(part);
    await attempts.one('comparison', part, async () => {
      await attempts.each('difference', parts[part](), differenceId, async (each) => {
        if (found.has(differenceId(each))) return;
        found.add(differenceId(each));
        if (await recordDifference(each, table, now)) differences += 1;
      });
      unseen.parts.delete(part);
    });
  }
  let resolved = 0;
  const gone = open.filter(
    (each) => !found.has(each.id) && each.at >= from && each.at < until && wasLookedAt(each, unseen),
  );
  await attempts.each(
    'difference',
    gone,
    ({ id }) => id,
    async (each) => {
      await resolve(each, table, now);
      resolved += 1;
    },
  );
  attempts.end('parts, or items, of the comparison could not be done.');
  await writeCursor(table, 'reconcile', until);
  return { ...compared, differences, resolved, repaired };
}

/** What a night could not compare. */
interface Unseen {
  readonly parts: Set<ComparedPart>;
  /** Stripe's ids. */
  readonly names: Set<string>;
}

const partsInOrder: readonly ComparedPart[] = ['movements', 'refunds', 'disputes', 'ledger'];

/** The parts that may find a difference: it is resolved when all of them ran and none found it. */
const foundBy: Readonly<Record<DifferenceKind, readonly ComparedPart[]>> = {
  'unknown-charge': ['movements'],
  'unknown-refund': ['movements', 'refunds'],
  'unknown-dispute': ['movements', 'disputes'],
  'unknown-payout': ['movements'],
  'unknown-movement': ['movements'],
  'unknown-fee': ['movements'],
  'other-amount': ['movements', 'refunds'],
  'other-currency': ['movements', 'refunds'],
  'other-status': ['disputes'],
  'not-at-stripe': ['movements', 'refunds', 'ledger'],
};

function wasLookedAt({ kind, stripeId }: NamedDifference, { parts, names }: Unseen): boolean {
  return !names.has(stripeId) && !foundBy[kind].some((part) => parts.has(part));
}

/** Every open difference that the nights still look for. One that cannot be read is recorded as a failure, and stays as it is. */
async function readOpen(table: Table, now: Date, attempts: Attempts): Promise<StoredDifference[]> {
  const open: StoredDifference[] = [];
  const first = hongKongMonth(new Date(now.getTime() - longestBack));
  for (const month of monthsBetween(first, hongKongMonth(now))) {
    for await (const page of readWholeList(table, lists.differences(month))) {
      await attempts.each(
        'difference',
        page,
        ({ pk }) => pk,
        async (item) => {
          const difference = fromDifferenceItem(item);
          if (difference.state === 'open') open.push(difference);
        },
      );
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
  const cursor = await readCursor(table, 'reconcile');
  const starts = [now.getTime() - lookedBack, ...open.map(({ at }) => at.getTime())];
  if (cursor) starts.push(cursor.getTime());
  else if (first !== undefined) starts.push(startOfMonth(first).getTime());
  if (hongKongDay(now).endsWith(`-${monthlyDay}`)) {
    starts.push(startOfMonth(previousMonth(hongKongMonth(now))).getTime());
  }
  const earliest = Math.max(Math.min(...starts), now.getTime() - longestBack);
  // Stripe's times are whole seconds.
  return new Date(Math.floor(earliest / 1000) * 1000);
}

/** Writes a difference; a new one raises an alarm and is listed for a person. An accepted difference is left alone. */
async function recordDifference(difference: NamedDifference, table: Table, now: Date): Promise<boolean> {
  const id = differenceId(difference);
  const key = keys.difference(id);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  const change = item
    ? toSeenDifference(fromDifferenceItem(item), difference.amount, now)
    : toNewDifference(difference, now);
  const outcome = await commit(table, () => ({ difference: change }));
  if (!outcome.committed) return false;
  if (difference.kind === 'other-currency') return listOther(difference, table, now);
  const attention = { kind: 'books-differ', id, at: now } as const;
  const fields = { kind: difference.kind, id: difference.stripeId };
  await callOnce({ need: 'BooksDiffer', attention, fields }, { table });
  return true;
}

/** The first report of it may have listed it already. */
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

/** Stripe's balance, and what the books say it is; minor units. */
export interface ComparedBalance {
  readonly atStripe: number;
  /** Balances in other currencies, minor units of each. */
  readonly others: ReadonlyMap<string, number>;
  /** As of the months' latest sums, at most an hour old. */
  readonly inBooks: number;
  /** Payouts that left Stripe's balance and are booked once Stripe says what is in them. */
  readonly payoutsOnTheWay: number;
  /** Zero when nothing happened within the last hour. */
  readonly difference: number;
}

/**
 * Compares Stripe's balance with the account `stripe`.
 * @param held Stripe's balance, where the caller has read it already
 * @throws WorkFailed when a payout cannot be read: then nobody knows what is on its way
 */
export async function compareBalance(
  { table, stripe, now }: BooksContext,
  held?: Awaited<ReturnType<typeof readBalance>>,
): Promise<ComparedBalance> {
  const attempts = new Attempts({ table, now });
  const { months } = await readBooks({ table, now });
  const read = await readItems(table, months.map(keys.accountMonth));
  let inBooks = 0;
  let payoutsOnTheWay = 0;
  for (const month of months) {
    const item = read.itemAt(keys.accountMonth(month));
    inBooks += item ? (fromAccountMonthItem(item).sums.stripe ?? 0) : 0;
    for await (const page of readWholeList(table, lists.payouts(month))) {
      await attempts.each(
        'payout',
        page,
        ({ pk }) => pk,
        async (payout) => {
          const { state, amount } = fromPayoutItem(payout);
          if (state === 'expected') payoutsOnTheWay += amount;
        },
      );
    }
  }
  attempts.end('payouts could not be read.');
  const { held: atStripe, others } = held ?? (await readBalance(stripe));
  return { atStripe, others, inBooks, payoutsOnTheWay, difference: atStripe + payoutsOnTheWay - inBooks };
}
