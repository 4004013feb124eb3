import { fromLedgerEntryItem } from '../../functions/ledger/ledger-entry-item.ts';
import { hongKongDay } from '../../functions/platform/clock.ts';
import type { Table } from '../../functions/table/table.ts';
import { everything } from './table.ts';

/**
 * The whole ledger as a person reads it, a line an entry, by time: Hong Kong day, kind, source, and each side in dollars.
 * For example `2026-11-22 refund re_1 | raised:warehouse +200.00 | stripe -200.00`.
 */
export async function printedLedger(table: Table): Promise<string[]> {
  const entries = (await everything(table, 'ledger-entry')).map(fromLedgerEntryItem);
  return entries
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.kind < b.kind ? -1 : 1))
    .map(({ at, kind, sourceId, sides }) => {
      const written = [...sides]
        .sort((a, b) => (a.account < b.account ? -1 : 1))
        .map(({ account, amount }) => `${account} ${dollars(amount)}`);
      return [`${hongKongDay(at)} ${kind} ${sourceId}`, ...written].join(' | ');
    });
}

function dollars(cents: number): string {
  return `${cents < 0 ? '-' : '+'}${(Math.abs(cents) / 100).toFixed(2)}`;
}
