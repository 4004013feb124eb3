import type Stripe from 'stripe';
import { type BalanceMovement, entryOf, feeOf, nameOf } from '../ledger/balance-movement.ts';
import { isOurPayment, isOurs } from '../ledger/is-ours.ts';
import type { LedgerEntry } from '../ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '../ledger/ledger-entry-item.ts';
import { compareMovement } from '../ledger/payout.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { hongKongMonth, monthsBetween, nextMonth } from '../platform/clock.ts';
import { isOfBooks, sum } from '../platform/money.ts';
import { listMovements } from '../stripe/balance.ts';
import { type ListedDispute, type ListedRefund, listDisputes, listRefunds } from '../stripe/listings.ts';
import { type Key, keys } from '../table/keys.ts';
import { type ItemsRead, readItems, type Table } from '../table/table.ts';
import type { NamedDifference } from './difference.ts';

/** What a comparison looks at. */
export interface Compare {
  readonly table: Table;
  readonly stripe: Stripe;
  /** All campaigns: a gift's entry is found through its campaign's list. */
  readonly slugs: readonly string[];
  /** From when on, and until when: what is younger may be on its way into the books. */
  readonly from: Date;
  readonly until: Date;
  readonly now: Date;
}

/**
 * How much was compared. `notOurs` belongs to another product of the account: its payments lack our key. `byHand` is what the staff's
 * entries changed of the account `stripe`, minor units.
 */
export interface Compared {
  movements: number;
  refunds: number;
  disputes: number;
  entries: number;
  notOurs: number;
  byHand: number;
}

/** Nothing was compared yet. */
export function nothingCompared(): Compared {
  return { movements: 0, refunds: 0, disputes: 0, entries: 0, notOurs: 0, byHand: 0 };
}

const batchSize = 30;
const day = 86_400_000;
/** What the staff enters into `stripe` by hand has no object of Stripe's. */
const byHand: ReadonlySet<string> = new Set(['opening-balance', 'transfer', 'correction']);

/**
 * Compares what Stripe says of a time with the books, in both directions, page after page: balance transactions with their fees,
 * refunds (also those that have no balance transaction yet), disputes, and then every entry of the account `stripe`. One name may
 * be given twice. Memory holds a page, and the names of what Stripe has in this time.
 *
 * @param compared is added to
 */
export async function* compareWithStripe(
  compare: Compare,
  compared: Compared,
): AsyncGenerator<NamedDifference> {
  const { stripe, from, until, now } = compare;
  // Stripe's clock and an event's are not the same to the second: what the books have is looked for in a wider time.
  const wider = {
    from: new Date(from.getTime() - day),
    until: new Date(Math.min(until.getTime() + day, now.getTime())),
  };
  const atStripe = new Set<string>();
  const isWithin = ({ at }: { readonly at: Date }) => at >= from && at < until;
  for await (const batch of inBatches(listMovements(stripe, wider))) {
    for (const movement of batch) if (isOfBooks(movement.currency)) remember(movement, atStripe);
    yield* compareMovements(batch.filter(isWithin), compare, compared);
  }
  for await (const batch of inBatches(listRefunds(stripe, wider))) {
    for (const { id, currency, hasFailed } of batch) {
      if (!isOfBooks(currency)) continue;
      atStripe.add(`${id} refund`);
      if (hasFailed) atStripe.add(`${id} refund-failed`);
    }
    yield* compareRefunds(batch.filter(isWithin), compare, compared);
  }
  for await (const batch of inBatches(listDisputes(stripe, { from, until }))) {
    yield* compareDisputes(batch, compare, compared);
  }
  // An entry of a closed month counts in the first open one, which is seldom further than the next.
  const months = monthsBetween(hongKongMonth(from), nextMonth(hongKongMonth(until)));
  for (const month of months) {
    for await (const page of readLedger(compare.table, month, compare.slugs)) {
      const within = page.filter(isWithin);
      compared.byHand += sum(within.filter(({ kind }) => byHand.has(kind)).map(stripeSide));
      const ofStripe = within.filter(movesStripe);
      compared.entries += ofStripe.length;
      for (const entry of ofStripe) {
        if (atStripe.has(`${entry.sourceId} ${entry.kind}`)) continue;
        const { sourceId: stripeId, at } = entry;
        yield { kind: 'not-at-stripe', stripeId, amount: 0 - stripeSide(entry), at };
      }
    }
  }
}

function movesStripe(entry: LedgerEntry): boolean {
  return !byHand.has(entry.kind) && entry.sides.some(({ account }) => account === 'stripe');
}

function stripeSide({ sides }: LedgerEntry): number {
  return sum(sides.filter(({ account }) => account === 'stripe').map(({ amount }) => amount));
}

function remember(movement: BalanceMovement, atStripe: Set<string>): void {
  const entry = entryOf(movement);
  if (entry) atStripe.add(`${entry.sourceId} ${entry.kind}`);
  if (feeOf(movement) !== 0) atStripe.add(`${movement.id} fee`);
  atStripe.add(`${movement.id} other-product`);
}

async function* compareMovements(
  movements: readonly BalanceMovement[],
  { stripe, table }: Compare,
  compared: Compared,
): AsyncGenerator<NamedDifference> {
  compared.movements += movements.length;
  const read = await readItems(table, movements.flatMap(keysOf), { consistent: true });
  for (const movement of movements) {
    const { id, at, currency, amount } = movement;
    const item = entryIn(read, movement);
    if (!isOfBooks(currency)) {
      yield { kind: 'other-currency', stripeId: nameOf(movement), amount, currency, at };
      continue;
    }
    const isOther = !item && !(await isOurs(movement, read, stripe));
    yield* compareOtherProduct(movement, isOther, read);
    if (isOther) {
      compared.notOurs += 1;
      continue;
    }
    const fee = movement.kind === 'fee' ? 0 : feeOf(movement);
    if (fee !== 0) yield* compareFee(id, fee, at, read);
    if (!item && isOnItsWay(movement, read)) continue;
    const difference = compareMovement(movement, item);
    if (!difference || difference.kind === 'sum') continue;
    yield { kind: difference.kind, stripeId: difference.id, amount: difference.amount, at };
  }
}

/** Money of another product is booked each hour on an account of its own, and ours never there. */
function* compareOtherProduct(
  { id: stripeId, amount, fee, at }: BalanceMovement,
  isOther: boolean,
  read: ItemsRead,
): Generator<NamedDifference> {
  const item = read.itemAt(keys.ledgerEntry(stripeId, 'other-product'));
  const booked = item ? stripeSide(fromLedgerEntryItem(item)) : 0;
  const missing = (isOther ? amount - fee : 0) - booked;
  if (missing !== 0)
    yield { kind: item ? 'other-amount' : 'unknown-movement', stripeId, amount: missing, at };
}

function* compareFee(id: string, fee: number, at: Date, read: ItemsRead): Generator<NamedDifference> {
  const item = read.itemAt(keys.ledgerEntry(id, 'fee'));
  if (!item) {
    yield { kind: 'unknown-fee', stripeId: id, amount: 0 - fee, at };
    return;
  }
  const booked = stripeSide(fromLedgerEntryItem(item));
  if (booked !== -fee) yield { kind: 'other-amount', stripeId: id, amount: -fee - booked, at };
}

function keysOf(movement: BalanceMovement): Key[] {
  const { id, paymentId, kind, sourceId } = movement;
  const entry = entryOf(movement);
  return [
    ...(entry ? [keys.ledgerEntry(entry.sourceId, entry.kind)] : []),
    ...(feeOf(movement) !== 0 ? [keys.ledgerEntry(id, 'fee')] : []),
    keys.ledgerEntry(id, 'other-product'),
    ...(paymentId ? [keys.gift(paymentId)] : []),
    ...(kind === 'payout' && sourceId ? [keys.payout(sourceId)] : []),
  ];
}

function entryIn(read: ItemsRead, movement: BalanceMovement): LedgerEntry | undefined {
  const entry = entryOf(movement);
  const item = entry && read.itemAt(keys.ledgerEntry(entry.sourceId, entry.kind));
  return item && fromLedgerEntryItem(item);
}

/** A payout is booked when Stripe says what is in it; until then it is known, and not a difference. */
function isOnItsWay({ kind, sourceId }: BalanceMovement, read: ItemsRead): boolean {
  return (
    kind === 'payout' && sourceId !== undefined && read.itemAt(keys.payout(sourceId))?.state === 'expected'
  );
}

async function* compareRefunds(
  refunds: readonly ListedRefund[],
  { stripe, table }: Compare,
  compared: Compared,
): AsyncGenerator<NamedDifference> {
  compared.refunds += refunds.length;
  const wanted = refunds.flatMap(({ id, paymentId }) => [
    keys.ledgerEntry(id, 'refund'),
    keys.ledgerEntry(id, 'refund-failed'),
    ...(paymentId ? [keys.gift(paymentId)] : []),
  ]);
  const read = await readItems(table, wanted, { consistent: true });
  for (const { id, paymentId, amount, currency, at, hasFailed } of refunds) {
    const made = read.itemAt(keys.ledgerEntry(id, 'refund'));
    const back = read.itemAt(keys.ledgerEntry(id, 'refund-failed'));
    if (!made && !(await isOurPayment(paymentId, read, stripe))) continue;
    if (!isOfBooks(currency)) {
      yield { kind: 'other-currency', stripeId: id, amount: -amount, currency, at };
      continue;
    }
    const wanted = hasFailed ? 0 : -amount;
    const booked = sum([made, back].map((item) => (item ? stripeSide(fromLedgerEntryItem(item)) : 0)));
    if (!made) yield { kind: 'unknown-refund', stripeId: id, amount: -amount, at };
    else if (booked !== wanted) yield { kind: 'other-amount', stripeId: id, amount: wanted - booked, at };
  }
}

async function* compareDisputes(
  disputes: readonly ListedDispute[],
  { stripe, table }: Compare,
  compared: Compared,
): AsyncGenerator<NamedDifference> {
  compared.disputes += disputes.length;
  const wanted = disputes.flatMap(({ id, paymentId }) => [
    keys.dispute(id),
    ...(paymentId ? [keys.gift(paymentId)] : []),
  ]);
  const read = await readItems(table, wanted, { consistent: true });
  for (const { id, paymentId, amount, currency, status, at } of disputes) {
    if (!(await isOurPayment(paymentId, read, stripe))) continue;
    const stored = read.itemAt(keys.dispute(id));
    const other = isOfBooks(currency) ? undefined : currency;
    if (!stored) yield { kind: 'unknown-dispute', stripeId: id, amount: -amount, currency: other, at };
    else if (stored.status !== status) yield { kind: 'other-status', stripeId: id, amount: 0, at };
  }
}

async function* inBatches<T>(source: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const one of source) {
    batch.push(one);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
