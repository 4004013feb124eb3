import { beginBooksBy } from '#accounting/accounts/begin-books.ts';
import { Attempts } from '#kernel/attention/attempt-each.ts';
import { callOnce } from '#kernel/attention/call-person.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { type EntryKind, ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem, toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { toSumChange } from '#kernel/ledger/running-sum-item.ts';
import { listOtherCurrency } from '#payments/payment/list-other-currency.ts';
import { proceedsAt, toPayoutChange } from '#payments/payment/proceeds-item.ts';
import { hongKongMonth, monthsBetween } from '#platform/clock.ts';
import { isOfBooks } from '#platform/money.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readItems, readWholeList } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type BalanceMovement, entryOf } from './balance-movement.ts';
import { claimOf } from './is-ours.ts';
import { compareMovement, type Difference } from './payout.ts';
import {
  fromPayoutItem,
  type PayoutState,
  type StoredPayout,
  toDroppedPayout,
  toMatchedPayout,
} from './payout-item.ts';
import { listMovements, listPayouts, readPayout, type StripePayout } from './read-balance.ts';
import { type BooksContext, recordFeesOf } from './record-fees.ts';
import { recordPayoutReport } from './record-payout-report.ts';

const day = 24 * 3_600_000;
/** How long payouts are read again: a payout can fail days after Stripe paid it. Milliseconds. */
const lookedAtFor = 60 * day;
/** How far back the list of payouts at Stripe is read, in case events were lost. Milliseconds. */
const listedFor = 14 * day;
const batchSize = 50;
const mostDifferences = 100;

/** How many payouts are in each state; those in another currency are listed for a person. */
type Matched = Partial<Record<PayoutState | 'other-currency', number>>;

/**
 * Reads again every payout that Stripe reported, and those that did not match before, and compares their contents with the books. A
 * Stripe event only says that a payout has to be read; what counts is the payout as it is now, so the order and number of events do not
 * matter.
 *
 * @returns how many payouts are in each state
 * @throws WorkFailed at the end when some could not be matched; the others were matched
 */
export async function matchPayouts(ctx: BooksContext): Promise<Matched> {
  const attempts = new Attempts(ctx);
  await attempts.one('part', 'payouts-of-stripe', () => recordMissed(ctx, attempts));
  const states: Matched = {};
  const months = monthsBetween(
    hongKongMonth(new Date(ctx.now.getTime() - lookedAtFor)),
    hongKongMonth(ctx.now),
  );
  for (const month of months) {
    for await (const page of readWholeList(ctx.table, lists.payouts(month))) {
      await attempts.each(
        'payout',
        page,
        ({ pk }) => pk,
        async (item) => {
          const payout = fromPayoutItem(item);
          if (payout.due === '' && payout.state !== 'differs') return;
          const state = await closePayout(payout, ctx);
          states[state] = (states[state] ?? 0) + 1;
        },
      );
    }
  }
  attempts.end('payouts could not be matched.');
  return states;
}

/** Records payouts for which no Stripe event came. */
async function recordMissed({ stripe, table, now }: BooksContext, attempts: Attempts): Promise<void> {
  const listed = listPayouts(new Date(now.getTime() - listedFor), { stripe });
  await attempts.each(
    'listed-payout',
    listed,
    ({ id }) => id,
    async (payout) => {
      const { id: payoutId, amount, currency, createdAt, arrivesAt } = payout;
      if (!isOfBooks(currency)) {
        await listOtherCurrency({ id: payoutId, currency, amount }, { table, now });
        return;
      }
      const item = (await readItems(table, [keys.payout(payoutId)])).itemAt(keys.payout(payoutId));
      if (item && !isFurther(payout, fromPayoutItem(item).state)) return;
      await recordPayoutReport({ payoutId, amount, createdAt, arrivesAt, due: 'list' }, { table });
    },
  );
}

/** Whether the payout at Stripe is further than its state here. */
function isFurther(payout: StripePayout, state: PayoutState): boolean {
  if (hasComeBack(payout)) return state !== 'failed';
  return state === 'expected' && (payout.isReconciled || (!payout.isAutomatic && payout.status === 'paid'));
}

function hasComeBack({ status }: StripePayout): boolean {
  return status === 'failed' || status === 'canceled';
}

/** A payout in another currency that was recorded before anybody looked at it: it is no payout of the books. */
async function closePayout(stored: StoredPayout, ctx: BooksContext): Promise<PayoutState | 'other-currency'> {
  const payout = await readPayout(stored.payoutId, ctx);
  const { currency, amount } = payout;
  if (!isOfBooks(currency)) {
    await listOtherCurrency({ id: payout.id, currency, amount }, ctx);
    await commit(ctx.table, () => ({ payout: toDroppedPayout(stored) }));
    return 'other-currency';
  }
  const hasFailed = hasComeBack(payout);
  const differences = payout.isReconciled ? await compare(payout, ctx) : [];
  // It stays due, and is read again when the payments in it are booked.
  if (differences === 'waiting') return 'expected';
  const isMoved = hasFailed || payout.isReconciled || (!payout.isAutomatic && payout.status === 'paid');
  if (isMoved) await book(payout, 'payout', payout.createdAt, ctx);
  if (hasFailed) await book(payout, 'payout-failed', payout.cameBackAt ?? payout.createdAt, ctx);
  const state = stateOf(payout, stored, differences, hasFailed);
  if (state === 'differs' || state === 'by-hand' || state === 'failed')
    await listForPerson(payout, state, ctx);
  const change = toMatchedPayout(stored, state, differences.slice(0, mostDifferences));
  await commit(ctx.table, () => ({ payout: change }));
  return state;
}

function stateOf(
  { isAutomatic, isReconciled, status }: StripePayout,
  stored: StoredPayout,
  differences: readonly Difference[],
  hasFailed: boolean,
): PayoutState {
  if (hasFailed) return 'failed';
  if (stored.state === 'accepted') return 'accepted';
  if (!isAutomatic) return status === 'paid' ? 'by-hand' : 'expected';
  if (!isReconciled) return 'expected';
  return differences.length > 0 ? 'differs' : 'matched';
}

/**
 * Compares everything in a payout with the books, page after page; its fees are booked first.
 * @returns `waiting` while a payment in it is booked in a moment
 */
async function compare(payout: StripePayout, ctx: BooksContext): Promise<Difference[] | 'waiting'> {
  const differences: Difference[] = [];
  let batch: BalanceMovement[] = [];
  let total = 0;
  let waits = false;
  const take = async () => {
    await recordFeesOf(batch, ctx);
    const compared = await compareWithBooks(batch, ctx);
    if (compared === 'waiting') waits = true;
    else differences.push(...compared);
    await keepPayout(batch, payout.id, ctx);
    batch = [];
  };
  for await (const movement of listMovements({ payout: payout.id }, ctx)) {
    if (movement.kind === 'payout' && movement.sourceId === payout.id) {
      total -= movement.fee;
      continue;
    }
    if (isOfBooks(movement.currency)) total += movement.amount - movement.fee;
    batch.push(movement);
    if (batch.length === batchSize) await take();
  }
  await take();
  if (waits) return 'waiting';
  if (total !== payout.amount) {
    differences.push({ kind: 'sum', id: payout.id, amount: payout.amount - total });
  }
  return differences;
}

/** Writes beside each payment in a payout that it came with it. */
async function keepPayout(
  movements: readonly BalanceMovement[],
  payoutId: string,
  { table }: BooksContext,
): Promise<void> {
  const paid = movements.flatMap(({ kind, paymentId }) =>
    kind === 'charge' && paymentId ? [paymentId] : [],
  );
  const found = await readItems(table, [...paid.map(keys.payment), ...paid.map(keys.proceeds)]);
  for (const paymentId of paid) {
    if (!found.itemAt(keys.payment(paymentId)) || proceedsAt(found, paymentId)?.payout === payoutId) continue;
    await writeOne(table, toPayoutChange(paymentId, payoutId));
  }
}

async function compareWithBooks(
  movements: readonly BalanceMovement[],
  ctx: BooksContext,
): Promise<Difference[] | 'waiting'> {
  const entryAt = (movement: BalanceMovement) => {
    const entry = entryOf(movement);
    return entry && keys.ledgerEntry(entry.sourceId, entry.kind);
  };
  const payments = movements.flatMap(({ paymentId }) => (paymentId ? [keys.payment(paymentId)] : []));
  const wanted = [...movements.flatMap((movement) => entryAt(movement) ?? []), ...payments];
  const read = await readItems(ctx.table, wanted, { consistent: true });
  const differences: Difference[] = [];
  for (const movement of movements) {
    const key = entryAt(movement);
    const item = key && read.itemAt(key);
    const difference = compareMovement(movement, item && fromLedgerEntryItem(item));
    if (!difference) continue;
    if (!item && (await claimOf({ movement, read }, ctx)) === 'waiting') return 'waiting';
    differences.push(difference);
  }
  return differences;
}

async function book(payout: StripePayout, kind: EntryKind, at: Date, ctx: BooksContext): Promise<void> {
  const amount = kind === 'payout' ? payout.amount : -payout.amount;
  const entry = {
    sourceId: payout.id,
    kind,
    postings: [
      { account: 'bank', amount },
      { account: 'stripe', amount: -amount },
    ],
    currency: 'hkd',
    at,
  } as const;
  const key = keys.ledgerEntry(payout.id, kind);
  if ((await readItems(ctx.table, [key])).itemAt(key)) return;
  await beginBooksBy(hongKongMonth(at), ctx);
  await inOpenMonth(ctx.table, { at, now: ctx.now }, (month) => ({
    entry: { put: toLedgerEntryItem(ledgerEntry(entry, month)), condition: isNew },
    bank: toSumChange(keys.moneySum('bank'), amount),
  }));
}

async function listForPerson(
  { id }: StripePayout,
  state: 'differs' | 'by-hand' | 'failed',
  { table, now }: BooksContext,
): Promise<void> {
  const attention = { kind: `payout-${state}`, id, at: now } as const;
  await callOnce({ need: 'PayoutNeedsPerson', attention, fields: { payoutId: id, state } }, { table });
}
