import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { lists } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { readList } from '#platform/table/table.ts';
import type { Disbursement } from './disbursement.ts';
import { fromDisbursementItem } from './disbursement-item.ts';

/** Reads a page of what was requested in a Hong Kong month, newest first; pass `next` as `before` to get the following page. */
export async function listDisbursements(
  {
    month,
    paging,
  }: { readonly month: Month; readonly paging: StaffPaging; readonly permit: Permit<'passed-on.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<{ readonly data: readonly Disbursement[]; readonly next: string | undefined }> {
  const items = await readList(table, lists.passedOn(month), {
    order: 'newest',
    limit: paging.limit + 1,
    ...(paging.before && { before: paging.before }),
  });
  const shown = items.slice(0, paging.limit);
  const last = shown.at(-1);
  const next = items.length > paging.limit && last ? read(last).text('listOrder') : undefined;
  return { data: readIntact(shown, fromDisbursementItem), next };
}
