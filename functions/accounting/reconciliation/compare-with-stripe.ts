import type Stripe from 'stripe';
import { readLedger } from '#accounting/accounts/read-ledger.ts';
import { type BalanceMovement, entryOf, feeOf } from '#accounting/payouts/balance-movement.ts';
import { listMovements } from '#accounting/payouts/read-balance.ts';
import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { hongKongMonth, monthsBetween, nextMonth } from '#platform/clock.ts';
import { isOfBooks, sum } from '#platform/money.ts';
import {
  type ListedDispute,
  type ListedRefund,
  listDisputes,
  listRefunds,
} from '#platform/stripe/listings.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { type Item, type ItemsRead, readItems, type Table } from '#platform/table/table.ts';
import { compareOneDispute, compareOneMovement, compareOneRefund, stripeChange } from './compare-one.ts';
import type { NamedDifference } from './difference.ts';

export interface Compare {
  readonly table: Table;
  readonly stripe: Stripe;
  /** All campaigns: a gift's entry is found through its campaign's list. */
  readonly slugs: readonly string[];
  /** Both ends of the compared time: younger movements may not be in the books yet. */
  readonly from: Date;
  readonly until: Date;
  readonly now: Date;
  /**
   * Repairs what the books lack of movements, before anything counts as a difference; `read` holds the items that are compared with
   * them. Returns how many were repaired. Without it nothing is written.
   */
  readonly repair?: (movements: readonly BalanceMovement[], read: ItemsRead) => Promise<number>;
  /** Is called for each thing that cannot be compared, and the comparison goes on; without it the first such thing ends its part. */
  readonly skip?: (what: NotCompared, error: unknown) => Promise<void>;
}

/**
 * How much was compared. `notOurs` counts unassigned movements: payments without our key, and kinds of movements that are unknown;
 * `waiting` those of months of plans that are booked in a moment.
 * `byHand` is what entries by hand changed in the account `stripe`, minor units.
 */
export interface Compared {
  movements: number;
  refunds: number;
  disputes: number;
  entries: number;
  notOurs: number;
  waiting: number;
  byHand: number;
}

export function nothingCompared(): Compared {
  return { movements: 0, refunds: 0, disputes: 0, entries: 0, notOurs: 0, waiting: 0, byHand: 0 };
}

const batchSize = 30;
const day = 86_400_000;
/** Entries by hand in the account `stripe`: no object at Stripe belongs to them. */
const byHand: ReadonlySet<string> = new Set(['opening-balance', 'transfer', 'correction']);

/** What can be compared by itself; payouts are movements. The ledger comes last: by then everything at Stripe is known. */
export type ComparedPart = 'movements' | 'refunds' | 'disputes' | 'ledger';

export interface NotCompared {
  readonly kind: 'movement' | 'refund' | 'dispute' | 'ledger-entry';
  readonly id: string;
  /** Every Stripe id under which a difference of it may be stored. */
  readonly names: readonly (string | undefined)[];
}

/** Compares the parts one after another. The first part that fails ends the comparison. */
export async function* compareWithStripe(
  compare: Compare,
  compared: Compared,
): AsyncGenerator<NamedDifference> {
  for (const part of Object.values(comparisons(compare, compared))) yield* part();
}

/**
 * Compares a time at Stripe with the books, in both directions, page after page: balance transactions with their fees, refunds (also
 * those without a balance transaction yet), disputes, and then every entry of the account `stripe`. A difference may be returned twice.
 * Memory holds a page, and the ids that Stripe has in this time. Where a part failed, the ledger part skips the entries that only the
 * failed part could have matched.
 *
 * @param compared is added to
 * @returns the parts, to be run in this order
 */
export function comparisons(
  compare: Compare,
  compared: Compared,
): Readonly<Record<ComparedPart, () => AsyncGenerator<NamedDifference>>> {
  const { stripe, from, until, now } = compare;
  // Stripe's clock and an event's time may differ by seconds: the books are searched in a wider range.
  const wider = {
    from: new Date(from.getTime() - day),
    until: new Date(Math.min(until.getTime() + day, now.getTime())),
  };
  const atStripe: AtStripe = { names: new Set(), wholly: new Set() };
  const isWithin = ({ at }: { readonly at: Date }) => at >= from && at < until;
  return {
    movements: async function* () {
      for await (const batch of inBatches(listMovements(wider, { stripe }))) {
        for (const movement of batch) if (isOfBooks(movement.currency)) remember(movement, atStripe.names);
        yield* compareMovements(batch.filter(isWithin), compare, compared);
      }
      atStripe.wholly.add('movements');
    },
    refunds: async function* () {
      for await (const batch of inBatches(listRefunds(stripe, wider))) {
        for (const { id, currency, hasFailed } of batch) {
          if (!isOfBooks(currency)) continue;
          atStripe.names.add(`${id} refund`);
          if (hasFailed) atStripe.names.add(`${id} refund-failed`);
        }
        yield* compareRefunds(batch.filter(isWithin), compare, compared);
      }
      atStripe.wholly.add('refunds');
    },
    disputes: async function* () {
      for await (const batch of inBatches(listDisputes(stripe, { from, until }))) {
        yield* compareDisputes(batch, compare, compared);
      }
    },
    ledger: () => compareLedger(atStripe, compare, compared),
  };
}

/** What Stripe has, by id and kind of entry, and which lists were read to their ends. */
interface AtStripe {
  readonly names: Set<string>;
  readonly wholly: Set<ComparedPart>;
}

async function* compareLedger(
  atStripe: AtStripe,
  { table, slugs, from, until, skip }: Compare,
  compared: Compared,
): AsyncGenerator<NamedDifference> {
  const tell =
    skip &&
    (({ pk, sourceId }: Item, error: unknown) => {
      const names = [pk.slice(pk.indexOf('#') + 1), typeof sourceId === 'string' ? sourceId : undefined];
      return skip({ kind: 'ledger-entry', id: pk, names }, error);
    });
  // An entry of a closed month counts in the first open month, which is rarely later than the next month.
  const months = monthsBetween(hongKongMonth(from), nextMonth(hongKongMonth(until)));
  for (const month of months) {
    for await (const page of readLedger({ month, slugs, tell }, { table })) {
      const within = page.filter(({ at }) => at >= from && at < until);
      compared.byHand += sum(within.filter(({ kind }) => byHand.has(kind)).map(stripeChange));
      const ofStripe = within.filter(touchesStripe);
      compared.entries += ofStripe.length;
      for (const entry of ofStripe) {
        if (atStripe.names.has(`${entry.sourceId} ${entry.kind}`) || !isKnown(entry, atStripe)) continue;
        const { sourceId: stripeId, at } = entry;
        yield { kind: 'not-at-stripe', stripeId, amount: 0 - stripeChange(entry), at };
      }
    }
  }
}

/** Whether everything at Stripe that could belong to an entry was read: a refund may have no movement yet. */
function isKnown({ kind }: LedgerEntry, { wholly }: AtStripe): boolean {
  const isOfRefund = kind === 'refund' || kind === 'refund-failed';
  return wholly.has('movements') && (!isOfRefund || wholly.has('refunds'));
}

/** Compares one thing; when that fails and `skip` is given, reports it and goes on. */
async function* skipping(
  { skip }: Compare,
  what: NotCompared,
  differences: AsyncIterable<NamedDifference>,
): AsyncGenerator<NamedDifference> {
  try {
    yield* differences;
  } catch (error) {
    if (!skip) throw error;
    await skip(what, error);
  }
}

function touchesStripe(entry: LedgerEntry): boolean {
  return !byHand.has(entry.kind) && entry.postings.some(({ account }) => account === 'stripe');
}

function remember(movement: BalanceMovement, atStripe: Set<string>): void {
  const entry = entryOf(movement);
  if (entry) atStripe.add(`${entry.sourceId} ${entry.kind}`);
  if (feeOf(movement) !== 0) atStripe.add(`${movement.id} fee`);
  atStripe.add(`${movement.id} unassigned`);
}

async function* compareMovements(
  movements: readonly BalanceMovement[],
  compare: Compare,
  compared: Compared,
): AsyncGenerator<NamedDifference> {
  compared.movements += movements.length;
  const readAll = () => readItems(compare.table, movements.flatMap(keysOf), { consistent: true });
  let read = await readAll();
  if (((await compare.repair?.(movements, read)) ?? 0) > 0) read = await readAll();
  for (const movement of movements) {
    const { id, sourceId, paymentId } = movement;
    const what = { kind: 'movement', id, names: [id, sourceId, paymentId] } as const;
    yield* skipping(compare, what, compareOneMovement({ movement, read, compared }, compare));
  }
}

function keysOf(movement: BalanceMovement): Key[] {
  const { id, paymentId, kind, sourceId } = movement;
  const entry = entryOf(movement);
  return [
    ...(entry ? [keys.ledgerEntry(entry.sourceId, entry.kind)] : []),
    ...(feeOf(movement) !== 0 ? [keys.ledgerEntry(id, 'fee')] : []),
    keys.ledgerEntry(id, 'unassigned'),
    ...(paymentId ? [keys.payment(paymentId)] : []),
    ...(kind === 'payout' && sourceId ? [keys.payout(sourceId)] : []),
  ];
}

async function* compareRefunds(
  refunds: readonly ListedRefund[],
  compare: Compare,
  compared: Compared,
): AsyncGenerator<NamedDifference> {
  const { table } = compare;
  compared.refunds += refunds.length;
  const wanted = refunds.flatMap(({ id, paymentId }) => [
    keys.ledgerEntry(id, 'refund'),
    keys.ledgerEntry(id, 'refund-failed'),
    ...(paymentId ? [keys.payment(paymentId)] : []),
  ]);
  const read = await readItems(table, wanted, { consistent: true });
  for (const refund of refunds) {
    const what = { kind: 'refund', id: refund.id, names: [refund.id] } as const;
    yield* skipping(compare, what, compareOneRefund({ refund, read }, compare));
  }
}

async function* compareDisputes(
  disputes: readonly ListedDispute[],
  compare: Compare,
  compared: Compared,
): AsyncGenerator<NamedDifference> {
  const { table } = compare;
  compared.disputes += disputes.length;
  const wanted = disputes.flatMap(({ id, paymentId }) => [
    keys.dispute(id),
    ...(paymentId ? [keys.payment(paymentId)] : []),
  ]);
  const read = await readItems(table, wanted, { consistent: true });
  for (const dispute of disputes) {
    const what = { kind: 'dispute', id: dispute.id, names: [dispute.id] } as const;
    yield* skipping(compare, what, compareOneDispute({ dispute, read }, compare));
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
