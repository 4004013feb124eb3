import { readLedger } from '#accounting/accounts/read-ledger.ts';
import { entryName, fundOf, type LedgerEntry, type Posting } from '#kernel/ledger/ledger-entry.ts';
import { monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { type Cell, dollars } from '#platform/files/csv.ts';
import type { ExportRequest } from './export.ts';
import { hongKongTime } from './read-payment-rows.ts';

export const ledgerHeader: readonly string[] = [
  'Month of the books',
  'Time (Hong Kong)',
  'Entry',
  'Kind',
  'Account',
  'Amount',
  'Currency',
  'Campaign',
  'Payment',
  'Reason',
];

/**
 * The ledger of some months as rows, one a posting; the rows of one entry are neighbours and sum to zero. Entries come by month, and
 * within it by time. Read page by page: memory does not grow with their number.
 * @param slugs all campaigns
 */
export async function* ledgerRows(
  {
    from,
    to,
    campaign,
    slugs,
  }: Pick<ExportRequest, 'from' | 'to' | 'campaign'> & { readonly slugs: readonly string[] },
  { table }: Pick<Context, 'table'>,
): AsyncGenerator<Cell[][]> {
  const wanted = campaign === undefined ? slugs : [campaign];
  for (const month of monthsBetween(from, to)) {
    for await (const entries of readLedger({ month, slugs: wanted }, { table })) {
      yield entries
        .filter((entry) => campaign === undefined || isAbout(entry, campaign))
        .flatMap((entry) => entry.postings.map((posting) => postingCells(entry, posting)));
    }
  }
}

/** An entry with one posting of a campaign is exported whole: otherwise its rows would not sum to zero. */
function isAbout(entry: LedgerEntry, campaign: string): boolean {
  return entry.fund === campaign || entry.postings.some(({ account }) => fundOf(account) === campaign);
}

function postingCells(entry: LedgerEntry, { account, amount }: Posting): Cell[] {
  return [
    entry.month,
    hongKongTime(entry.at),
    entryName(entry),
    entry.kind,
    account,
    dollars(amount),
    entry.currency.toUpperCase(),
    fundOf(account) ?? entry.fund ?? '',
    entry.kind === 'payment' ? entry.sourceId : (entry.payment ?? ''),
    entry.reason ?? '',
  ];
}
