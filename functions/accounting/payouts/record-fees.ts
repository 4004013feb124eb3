import type Stripe from 'stripe';
import { beginBooks, beginBooksBy } from '#accounting/accounts/begin-books.ts';
import { Attempts } from '#kernel/attention/attempt-each.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { toSumChange } from '#kernel/ledger/running-sum-item.ts';
import { listOtherCurrency } from '#payments/payment/list-other-currency.ts';
import { toFeeChange } from '#payments/payment/proceeds-item.ts';
import { hongKongMonth, startOfMonth } from '#platform/clock.ts';
import { isOfBooks } from '#platform/money.ts';
import { settings } from '#platform/settings.ts';
import { type Change, isNew } from '#platform/table/commit.ts';
import { readCursor, writeCursor } from '#platform/table/cursor.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type ItemsRead, readItems, type Table } from '#platform/table/table.ts';
import { putNew } from '#platform/table/write-one.ts';
import { type BalanceMovement, feeOf, nameOf, unassignedEntry } from './balance-movement.ts';
import { claimOf } from './is-ours.ts';
import { listMovements } from './read-balance.ts';

export interface BooksContext {
  readonly table: Table;
  readonly stripe: Stripe;
  readonly now: Date;
  /** Who bears the fees; by default as the charity's configuration says. */
  readonly feesBorneBy?: 'receiver' | 'fund';
}

const hour = 3_600_000;
/** How far each run reads back again: a balance transaction may appear some time after its date. Milliseconds. */
const overlap = 48 * hour;
/** The longest range that is read before the cursor moves on, so that a run after a crash repeats no more than this. Milliseconds. */
const longestStep = 31 * 24 * hour;
const batchSize = 50;

/**
 * Books the fees of Stripe's balance transactions since the last run, each once under its id `txn_…`, to the gift's campaign. An
 * unassigned movement is booked whole on the account `unassigned`, and listed for a person by name.
 *
 * @returns how many were booked now, and how many of these are unassigned
 */
export async function recordFees(ctx: BooksContext): Promise<{ booked: number; unassigned: number }> {
  const done = { booked: 0, unassigned: 0 };
  const attempts = new Attempts(ctx);
  let from = await startOf(ctx);
  while (from && from < ctx.now) {
    const until = new Date(Math.min(ctx.now.getTime(), from.getTime() + longestStep));
    let batch: BalanceMovement[] = [];
    const take = async () => {
      const taken = batch;
      batch = [];
      await attempts.one('fees-from', taken[0]?.id ?? 'nothing', async () => {
        const { booked, unassigned } = await recordFeesOf(taken, ctx);
        done.booked += booked;
        done.unassigned += unassigned;
      });
    };
    try {
      for await (const movement of listMovements({ from, until }, ctx)) {
        batch.push(movement);
        if (batch.length === batchSize) await take();
      }
    } finally {
      // When the list breaks off, the part that was read is booked.
      await take();
    }
    // When one failed, the next run reads this range again.
    if (attempts.failed === 0) await writeCursor(ctx.table, 'record-fees', until);
    from = until;
  }
  attempts.end("pages of Stripe's movements could not be booked in full.");
  return done;
}

/** Where to begin reading: some time before the last run; in the first run, the beginning of the books. */
async function startOf({ table, now }: BooksContext): Promise<Date | undefined> {
  const last = await readCursor(table, 'record-fees');
  const [first] = (await beginBooks({ table, now })).months;
  if (first === undefined) return undefined;
  const again = last ? last.getTime() - overlap : 0;
  return new Date(Math.max(again, startOfMonth(first).getTime()));
}

/**
 * Books the fees of some movements that are ours. An unassigned movement is booked whole on the account `unassigned` and listed for a
 * person by its payment, if it has one: it may be a gift that was taken by hand.
 */
export async function recordFeesOf(
  movements: readonly BalanceMovement[],
  ctx: BooksContext,
): Promise<{ booked: number; unassigned: number }> {
  const wanted = movements.filter((movement) => mayBeBooked(movement) && isOfBooks(movement.currency));
  const others = movements.filter(({ currency }) => !isOfBooks(currency));
  const found = await readItems(ctx.table, [
    ...wanted.flatMap(keysOf),
    ...others.map((movement) => keys.attention('other-currency', nameOf(movement))),
  ]);
  const attempts = new Attempts(ctx);
  const idOf = ({ id }: BalanceMovement) => id;
  await attempts.each('movement', others, idOf, async (movement) => {
    if (!found.itemAt(keys.attention('other-currency', nameOf(movement)))) await listOther(movement, ctx);
  });
  const done = { booked: 0, unassigned: 0 };
  const [first] = wanted.map(({ at }) => hongKongMonth(at)).sort();
  // A payout may hold movements from before the books begin.
  if (first !== undefined) await beginBooksBy(first, ctx);
  await attempts.each('movement', wanted, idOf, async (movement) => {
    if (entriesOf(movement).some((key) => found.itemAt(key))) return;
    const claim = await claimOf({ movement, read: found }, ctx);
    // The payment is booked in a moment, and a later run reads this time again.
    if (claim === 'waiting') return;
    const isUnassigned = claim === 'unassigned';
    if (isUnassigned) await listUnassigned(movement, ctx);
    const isNew = isUnassigned ? await bookUnassigned(movement, ctx) : await bookFee(movement, found, ctx);
    if (!isNew) return;
    done.booked += 1;
    if (isUnassigned) done.unassigned += 1;
  });
  attempts.end("of Stripe's movements could not be booked.");
  return done;
}

/** Whether a movement may need an entry: it has a fee, or it may be unassigned. */
function mayBeBooked(movement: BalanceMovement): boolean {
  return feeOf(movement) !== 0 || claimable.has(movement.kind);
}

const claimable: ReadonlySet<BalanceMovement['kind']> = new Set([
  'charge',
  'refund',
  'refund-failed',
  'dispute',
  'other',
]);

/** The possible entries of a movement: it has one of them at most. */
function entriesOf({ id }: BalanceMovement): Key[] {
  return [keys.ledgerEntry(id, 'fee'), keys.ledgerEntry(id, 'unassigned')];
}

function keysOf(movement: BalanceMovement): Key[] {
  const { paymentId } = movement;
  return [...entriesOf(movement), ...(paymentId ? [keys.payment(paymentId)] : [])];
}

function fundOf({ paymentId, fund }: BalanceMovement, found: ItemsRead): string | undefined {
  const payment = paymentId === undefined ? undefined : found.itemAt(keys.payment(paymentId));
  return payment ? read(payment).text('fund') : fund;
}

async function listOther(movement: BalanceMovement, ctx: BooksContext): Promise<void> {
  const { amount, currency, paymentId } = movement;
  await listOtherCurrency({ id: nameOf(movement), paymentId, amount, currency }, ctx);
}

async function bookUnassigned(movement: BalanceMovement, { table, now }: BooksContext): Promise<boolean> {
  const { at } = movement;
  const outcome = await inOpenMonth(table, { at, now }, (month) => ({
    entry: { put: toLedgerEntryItem(ledgerEntry(unassignedEntry(movement), month)), condition: isNew },
  }));
  return outcome.committed;
}

async function bookFee(
  movement: BalanceMovement,
  found: ItemsRead,
  { table, now, feesBorneBy = settings().feesBorneBy }: BooksContext,
): Promise<boolean> {
  const fee = feeOf(movement);
  if (fee === 0) return false;
  const fund = fundOf(movement, found);
  const { id, at, paymentId } = movement;
  const entry = {
    sourceId: id,
    kind: 'fee',
    postings: [
      { account: 'fee', amount: fee },
      { account: 'stripe', amount: -fee },
    ],
    currency: 'hkd',
    at,
    borneBy: feesBorneBy,
    ...(paymentId !== undefined && { payment: paymentId }),
    ...(fund !== undefined && { fund }),
  } as const;
  const runningSum: Change | undefined =
    fund !== undefined && feesBorneBy === 'fund' ? toSumChange(keys.fundSum(fund), -fee) : undefined;
  const outcome = await inOpenMonth(table, { at, now }, (month) => ({
    entry: { put: toLedgerEntryItem(ledgerEntry(entry, month)), condition: isNew },
    ...(runningSum && { runningSum }),
    ...(paymentId !== undefined && { proceeds: toFeeChange(paymentId, fee) }),
  }));
  return outcome.committed;
}

/** Lists a payment once, with the first of its movements. */
async function listUnassigned(movement: BalanceMovement, { table, now: at }: BooksContext): Promise<void> {
  const { id, kind, paymentId, sourceId } = movement;
  const attention =
    kind === 'other'
      ? ({ kind: 'unknown-movement', id } as const)
      : ({ kind: 'unknown-charge', id: paymentId ?? sourceId ?? id } as const);
  await putNew(table, toAttentionItem({ ...attention, at }));
}
