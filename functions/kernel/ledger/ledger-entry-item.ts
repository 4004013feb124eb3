import { hasMonth, hongKongMonth, type Month } from '#platform/clock.ts';
import { shardOf } from '#platform/ids.ts';
import type { Currency } from '#platform/money.ts';
import { keys, ledgerShards, lists } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type EntryKind, type LedgerEntry, requireBalanced, type Side } from './ledger-entry.ts';

/**
 * The item of a ledger entry. It stands in the list of its month of the books; a gift's entry is found by its gift, which
 * stands in a list already, unless it counts in another month than the gift.
 * @throws Error when its sides do not sum to zero
 */
export function toLedgerEntryItem(entry: LedgerEntry): Item {
  requireBalanced(entry);
  return toItem(keys.ledgerEntry(entry.sourceId, entry.kind), 'ledger-entry', 1, {
    sourceId: entry.sourceId,
    kind: entry.kind,
    sides: entry.sides,
    currency: entry.currency,
    at: entry.at.toISOString(),
    month: entry.month,
    ...(entry.payment && { payment: entry.payment }),
    ...(entry.campaign && { campaign: entry.campaign }),
    ...(entry.borneBy && { borneBy: entry.borneBy }),
    ...(entry.reason && { reason: entry.reason }),
    ...(!isFoundByGift(entry) && {
      list: lists.ledger(entry.month, shardOf(entry.sourceId, ledgerShards)),
      listOrder: `${entry.at.toISOString()}#${entry.sourceId}#${entry.kind}`,
    }),
  });
}

function isFoundByGift(entry: LedgerEntry): boolean {
  return entry.kind === 'gift' && entry.month === hongKongMonth(entry.at);
}

/**
 * Reads a ledger entry of which a sum is made.
 * @throws TypeError when it has no sides, an amount is no whole number of minor units, or its time is none
 */
export function fromWholeEntryItem(item: Item): LedgerEntry {
  const entry = fromLedgerEntryItem(item);
  const isWhole =
    entry.sides.every(({ account, amount }) => typeof account === 'string' && Number.isSafeInteger(amount)) &&
    hasMonth(entry.at);
  if (!isWhole) throw new TypeError('The entry cannot be read.');
  return entry;
}

/** Reads a ledger entry. */
export function fromLedgerEntryItem(item: Item): LedgerEntry {
  return {
    sourceId: item.sourceId as string,
    kind: item.kind as EntryKind,
    sides: (item.sides as Side[]).map(({ account, amount }) => ({ account, amount })),
    currency: item.currency as Currency,
    at: new Date(item.at as string),
    month: item.month as Month,
    ...(item.payment !== undefined && { payment: item.payment as string }),
    ...(item.campaign !== undefined && { campaign: item.campaign as string }),
    ...(item.borneBy !== undefined && { borneBy: item.borneBy as 'receiver' | 'fund' }),
    ...(item.reason !== undefined && { reason: item.reason as string }),
  };
}
