import type Stripe from 'stripe';
import { beginBooks, beginBooksBy } from '#accounting/accounts/begin-books.ts';
import { Attempts } from '#kernel/attention/attempt-each.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { toMove } from '#kernel/ledger/moves-item.ts';
import { listOtherCurrency, otherCurrencyKey } from '#payments/gifts/list-other-currency.ts';
import { charity } from '#platform/charity.ts';
import { hongKongMonth, startOfMonth } from '#platform/clock.ts';
import { isOfBooks } from '#platform/money.ts';
import { type Change, isNew } from '#platform/table/commit.ts';
import { readCursor, writeCursor } from '#platform/table/cursor.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type ItemsRead, readItems, type Table } from '#platform/table/table.ts';
import { putNew } from '#platform/table/write-one.ts';
import { type BalanceMovement, feeOf, nameOf, unassignedEntry } from './balance-movement.ts';
import { claimOf } from './is-ours.ts';
import { listMovements } from './read-balance.ts';

/** What the tasks of the books need from the outside. */
export interface BooksContext {
  readonly table: Table;
  readonly stripe: Stripe;
  readonly now: Date;
  /** Who bears the fees; the charity's configuration unless told. */
  readonly feesBorneBy?: 'receiver' | 'fund';
}

const hour = 3_600_000;
/** Each run reads so far back again: a balance transaction may show a while after its time. */
const overlap = 48 * hour;
/** The longest time that is read before the cursor moves on, so that a crash repeats no more than this. */
const longestStep = 31 * 24 * hour;
const batchSize = 50;

/**
 * Books what Stripe's balance transactions cost since the last run, each once under its id `txn_…`, to the gift's campaign.
 * What nobody has claimed is booked whole on the account `unassigned`, and listed for a person by name.
 *
 * @returns how many of them were booked now, and how many of these are unassigned
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
      // Of a list that breaks off, what was read of it is booked.
      await take();
    }
    // What failed is read again, and all after it.
    if (attempts.failed === 0) await writeCursor(ctx.table, 'record-fees', until);
    from = until;
  }
  attempts.end("pages of Stripe's movements could not be booked in full.");
  return done;
}

/** From when on to read: a while before the last run, or at first from the beginning of the books. */
async function startOf({ table, now }: BooksContext): Promise<Date | undefined> {
  const last = await readCursor(table, 'record-fees');
  const [first] = (await beginBooks({ table, now })).months;
  if (first === undefined) return undefined;
  const again = last ? last.getTime() - overlap : 0;
  return new Date(Math.max(again, startOfMonth(first).getTime()));
}

/**
 * Books of some movements what they cost, if they are of ours; else all of it on the account `unassigned`, and lists it for a person,
 * by its payment where it has one: it may be a gift that was taken by hand.
 */
export async function recordFeesOf(
  movements: readonly BalanceMovement[],
  ctx: BooksContext,
): Promise<{ booked: number; unassigned: number }> {
  const wanted = movements.filter((movement) => mayBeBooked(movement) && isOfBooks(movement.currency));
  const others = movements.filter(({ currency }) => !isOfBooks(currency));
  const found = await readItems(ctx.table, [
    ...wanted.flatMap(keysOf),
    ...others.map((movement) => otherCurrencyKey(nameOf(movement))),
  ]);
  const attempts = new Attempts(ctx);
  const idOf = ({ id }: BalanceMovement) => id;
  await attempts.each('movement', others, idOf, async (movement) => {
    if (!found.itemAt(otherCurrencyKey(nameOf(movement)))) await listOther(movement, ctx);
  });
  const done = { booked: 0, unassigned: 0 };
  const [first] = wanted.map(({ at }) => hongKongMonth(at)).sort();
  // What is in a payout may be older than the books.
  if (first !== undefined) await beginBooksBy(first, ctx);
  await attempts.each('movement', wanted, idOf, async (movement) => {
    if (entriesOf(movement).some((key) => found.itemAt(key))) return;
    const isUnassigned = (await claimOf(movement, found, ctx.stripe)) === 'unassigned';
    if (isUnassigned) await listUnassigned(movement, ctx);
    const isNews = isUnassigned ? await bookUnassigned(movement, ctx) : await bookFee(movement, found, ctx);
    if (!isNews) return;
    done.booked += 1;
    if (isUnassigned) done.unassigned += 1;
  });
  attempts.end("of Stripe's movements could not be booked.");
  return done;
}

/** Whether a movement may bring an entry: it cost something, or nobody may have claimed it. */
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

/** The entries of which a movement brings one at most. */
function entriesOf({ id }: BalanceMovement): Key[] {
  return [keys.ledgerEntry(id, 'fee'), keys.ledgerEntry(id, 'unassigned')];
}

function keysOf(movement: BalanceMovement): Key[] {
  const { paymentId } = movement;
  return [...entriesOf(movement), ...(paymentId ? [keys.gift(paymentId)] : [])];
}

function campaignOf({ paymentId, campaign }: BalanceMovement, found: ItemsRead): string | undefined {
  const gift = paymentId === undefined ? undefined : found.itemAt(keys.gift(paymentId));
  return gift ? read(gift).text('campaign') : campaign;
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
  { table, now, feesBorneBy = charity.feesBorneBy }: BooksContext,
): Promise<boolean> {
  const fee = feeOf(movement);
  if (fee === 0) return false;
  const campaign = campaignOf(movement, found);
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
    ...(campaign !== undefined && { campaign }),
  } as const;
  const fund: Change | undefined =
    campaign !== undefined && feesBorneBy === 'fund' ? toMove(keys.fundMoves(campaign), -fee) : undefined;
  const outcome = await inOpenMonth(table, { at, now }, (month) => ({
    entry: { put: toLedgerEntryItem(ledgerEntry(entry, month)), condition: isNew },
    ...(fund && { fund }),
  }));
  return outcome.committed;
}

/** A payment is listed once, with whatever of it comes first. */
async function listUnassigned(movement: BalanceMovement, { table, now: at }: BooksContext): Promise<void> {
  const { id, kind, paymentId, sourceId } = movement;
  const attention =
    kind === 'other'
      ? ({ kind: 'unknown-movement', id } as const)
      : ({ kind: 'unknown-charge', id: paymentId ?? sourceId ?? id } as const);
  await putNew(table, toAttentionItem({ ...attention, at }));
}
