import { hongKongMonth } from '#platform/clock.ts';
import { shardOf } from '#platform/ids.ts';
import { currencies } from '#platform/money.ts';
import { keys, ledgerShards, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { entryKinds, isAccount, type LedgerEntry, requireBalanced } from './ledger-entry.ts';

/**
 * The item of a ledger entry. It stands in the list of its month of the books; a gift's entry is found by its gift, which
 * stands in a list already, unless it counts in another month than the gift.
 * @throws Error when its postings do not sum to zero
 */
export function toLedgerEntryItem(entry: LedgerEntry): Item {
  requireBalanced(entry);
  return toItem(keys.ledgerEntry(entry.sourceId, entry.kind), 'ledger-entry', 1, {
    sourceId: entry.sourceId,
    kind: entry.kind,
    sides: entry.postings,
    currency: entry.currency,
    at: entry.at.toISOString(),
    month: entry.month,
    ...(entry.payment && { payment: entry.payment }),
    ...(entry.fund && { fund: entry.fund }),
    ...(entry.borneBy && { borneBy: entry.borneBy }),
    ...(entry.reason && { reason: entry.reason }),
    ...(!isFoundByPayment(entry) && {
      list: lists.ledger(entry.month, shardOf(entry.sourceId, ledgerShards)),
      listOrder: `${entry.at.toISOString()}#${entry.sourceId}#${entry.kind}`,
    }),
  });
}

function isFoundByPayment(entry: LedgerEntry): boolean {
  return entry.kind === 'payment' && entry.month === hongKongMonth(entry.at);
}

export function fromLedgerEntryItem(item: Item): LedgerEntry {
  const fields = read(item);
  const payment = fields.maybeText('payment');
  const fund = fields.maybeText('fund');
  const borneBy = fields.maybeOneOf('borneBy', ['receiver', 'fund']);
  const reason = fields.maybeText('reason');
  return {
    sourceId: fields.text('sourceId'),
    kind: fields.oneOf('kind', entryKinds),
    postings: fields.list('sides').map((posting) => ({
      account: posting.textThat('account', isAccount, 'an account'),
      amount: posting.int('amount'),
    })),
    currency: fields.oneOf('currency', currencies),
    at: fields.date('at'),
    month: fields.text('month'),
    ...(payment !== undefined && { payment }),
    ...(fund !== undefined && { fund }),
    ...(borneBy !== undefined && { borneBy }),
    ...(reason !== undefined && { reason }),
  };
}
