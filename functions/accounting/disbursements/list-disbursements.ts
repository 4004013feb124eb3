import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import { lists } from '#platform/table/keys.ts';
import { readList, type Table } from '#platform/table/table.ts';
import type { Disbursement } from './disbursement.ts';
import { disbursementOrder, fromDisbursementItem } from './disbursement-item.ts';

/** Reads a page of what was requested in a Hong Kong month, newest first; `next` is the `before` of the following page. */
export async function listDisbursements(
  table: Table,
  month: Month,
  paging: StaffPaging,
  _permit: Permit<'passed-on.read'>,
): Promise<{ readonly data: readonly Disbursement[]; readonly next: string | undefined }> {
  const items = await readList(table, lists.passedOn(month), {
    order: 'newest',
    limit: paging.limit + 1,
    ...(paging.before && { before: paging.before }),
  });
  const data = items.slice(0, paging.limit).map(fromDisbursementItem);
  const last = data.at(-1);
  return { data, next: items.length > paging.limit && last ? disbursementOrder(last) : undefined };
}
