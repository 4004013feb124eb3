import { keys } from '../table/keys.ts';
import type { Item } from '../table/table.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** The item of a ledger entry. */
export function toLedgerEntryItem(entry: LedgerEntry): Item {
  return {
    ...keys.ledgerEntry(entry.sourceId, entry.kind),
    entity: 'ledger-entry',
    v: 1,
    sourceId: entry.sourceId,
    kind: entry.kind,
    sides: entry.sides,
    currency: entry.currency,
    at: entry.at.toISOString(),
    month: entry.month,
  };
}
