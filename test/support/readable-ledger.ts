import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { hongKongDay } from '#platform/clock.ts';
import type { Table } from '#platform/table/table.ts';
import { everything } from './table.ts';

/**
 * The whole ledger as a person reads it, oldest first: Hong Kong day (and the month it counts in, when that is another), source,
 * kind, and each account with its amount in dollars. What the staff entered is `entered`.
 *
 * @param names what a test calls the ids that Stripe or chance gave
 */
export async function readableLedger(
  table: Table,
  names: Readonly<Record<string, string>> = {},
): Promise<string> {
  const rows = await readRows(table, names);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same, a text a line and without columns: `2026-11-23 | re_1 | refund | raised:education +200.00, stripe −200.00`. */
export async function ledgerLines(
  table: Table,
  names: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  return (await readRows(table, names)).map((row) => row.join(' | '));
}

async function readRows(table: Table, names: Readonly<Record<string, string>>): Promise<string[][]> {
  const entries = (await everything(table, 'ledger-entry')).map(fromLedgerEntryItem);
  entries.sort(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.sourceId + a.kind < b.sourceId + b.kind ? -1 : 1),
  );
  return entries.map(({ at, month, sourceId, kind, postings }) => {
    const day = hongKongDay(at);
    const when = day.startsWith(month) ? day : `${day} in ${month}`;
    const moved = postings.map(({ account, amount }) => `${account} ${dollars(amount)}`).join(', ');
    return [when, names[sourceId] ?? sourceId.replace(/^led_[0-9a-f]{32}$/, 'entered'), kind, moved];
  });
}

function dollars(amount: number): string {
  return `${amount < 0 ? '−' : '+'}${(Math.abs(amount) / 100).toFixed(2)}`;
}
