import { type BalanceMovement, entryOf, feeOf, nameOf } from '#accounting/payouts/balance-movement.ts';
import { claimOf, whoseIs } from '#accounting/payouts/is-ours.ts';
import { compareMovement } from '#accounting/payouts/payout.ts';
import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import type { Context } from '#platform/context/context.ts';
import { isOfBooks, sum } from '#platform/money.ts';
import type { ListedDispute, ListedRefund } from '#platform/stripe/listings.ts';
import { keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import type { NamedDifference } from './difference.ts';

/** What an entry changes in the account `stripe`, minor units. */
export function stripeChange({ postings }: LedgerEntry): number {
  return sum(postings.filter(({ account }) => account === 'stripe').map(({ amount }) => amount));
}

/**
 * Compares a movement with the books.
 * @param input.compared counts unassigned movements, and those whose payment is booked in a moment
 */
export async function* compareOneMovement(
  {
    movement,
    read,
    compared,
  }: {
    readonly movement: BalanceMovement;
    readonly read: ItemsRead;
    readonly compared: { notOurs: number; waiting: number };
  },
  ctx: Pick<Context, 'stripe' | 'now'>,
): AsyncGenerator<NamedDifference> {
  const { id, at, currency, amount } = movement;
  const item = entryIn(read, movement);
  if (!isOfBooks(currency)) {
    yield { kind: 'other-currency', stripeId: nameOf(movement), amount, currency, at };
    return;
  }
  const claim = item ? 'ours' : await claimOf({ movement, read }, ctx);
  if (claim === 'waiting') {
    compared.waiting += 1;
    return;
  }
  const isUnassigned = claim === 'unassigned';
  yield* compareUnassigned(movement, isUnassigned, read);
  if (isUnassigned) {
    compared.notOurs += 1;
    return;
  }
  const fee = movement.kind === 'fee' ? 0 : feeOf(movement);
  if (fee !== 0) yield* compareFee(id, fee, at, read);
  if (!item && isOnItsWay(movement, read)) return;
  const difference = compareMovement(movement, item);
  if (!difference || difference.kind === 'sum') return;
  yield { kind: difference.kind, stripeId: difference.id, amount: difference.amount, at };
}

/** Unassigned movements are booked each hour on the account `unassigned`; ours are never booked there. */
function* compareUnassigned(
  { id: stripeId, amount, fee, at }: BalanceMovement,
  isUnassigned: boolean,
  read: ItemsRead,
): Generator<NamedDifference> {
  const item = read.itemAt(keys.ledgerEntry(stripeId, 'unassigned'));
  const booked = item ? stripeChange(fromLedgerEntryItem(item)) : 0;
  const missing = (isUnassigned ? amount - fee : 0) - booked;
  if (missing !== 0)
    yield { kind: item ? 'other-amount' : 'unknown-movement', stripeId, amount: missing, at };
}

function* compareFee(id: string, fee: number, at: Date, read: ItemsRead): Generator<NamedDifference> {
  const item = read.itemAt(keys.ledgerEntry(id, 'fee'));
  if (!item) {
    yield { kind: 'unknown-fee', stripeId: id, amount: 0 - fee, at };
    return;
  }
  const booked = stripeChange(fromLedgerEntryItem(item));
  if (booked !== -fee) yield { kind: 'other-amount', stripeId: id, amount: -fee - booked, at };
}

function entryIn(read: ItemsRead, movement: BalanceMovement): LedgerEntry | undefined {
  const entry = entryOf(movement);
  const item = entry && read.itemAt(keys.ledgerEntry(entry.sourceId, entry.kind));
  return item && fromLedgerEntryItem(item);
}

/** A payout is booked once Stripe says what is in it; until then it is expected, and no difference. */
function isOnItsWay({ kind, sourceId }: BalanceMovement, read: ItemsRead): boolean {
  return (
    kind === 'payout' && sourceId !== undefined && read.itemAt(keys.payout(sourceId))?.state === 'expected'
  );
}

/** Compares a refund with its entries. */
export async function* compareOneRefund(
  { refund, read }: { readonly refund: ListedRefund; readonly read: ItemsRead },
  ctx: Pick<Context, 'stripe' | 'now'>,
): AsyncGenerator<NamedDifference> {
  const { id, paymentId, amount, currency, at, hasFailed } = refund;
  const made = read.itemAt(keys.ledgerEntry(id, 'refund'));
  const back = read.itemAt(keys.ledgerEntry(id, 'refund-failed'));
  if (!made && (await whoseIs({ of: { paymentId, at }, read }, ctx)) !== 'ours') return;
  if (!isOfBooks(currency)) {
    yield { kind: 'other-currency', stripeId: id, amount: -amount, currency, at };
    return;
  }
  const wanted = hasFailed ? 0 : -amount;
  const booked = sum([made, back].map((item) => (item ? stripeChange(fromLedgerEntryItem(item)) : 0)));
  if (!made) yield { kind: 'unknown-refund', stripeId: id, amount: -amount, at };
  else if (booked !== wanted) yield { kind: 'other-amount', stripeId: id, amount: wanted - booked, at };
}

/** Compares a dispute with its stored state. */
export async function* compareOneDispute(
  { dispute, read }: { readonly dispute: ListedDispute; readonly read: ItemsRead },
  ctx: Pick<Context, 'stripe' | 'now'>,
): AsyncGenerator<NamedDifference> {
  const { id, paymentId, amount, currency, status, at } = dispute;
  if ((await whoseIs({ of: { paymentId, at }, read }, ctx)) !== 'ours') return;
  const stored = read.itemAt(keys.dispute(id));
  const other = isOfBooks(currency) ? undefined : currency;
  if (!stored) yield { kind: 'unknown-dispute', stripeId: id, amount: -amount, currency: other, at };
  else if (stored.status !== status) yield { kind: 'other-status', stripeId: id, amount: 0, at };
}
