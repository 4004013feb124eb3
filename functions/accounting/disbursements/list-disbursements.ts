import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import { listNewest, type StaffPage } from '#kernel/staff/list-newest.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { lists } from '#platform/table/keys.ts';
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
): Promise<StaffPage<Disbursement>> {
  return listNewest(
    paging,
    (options) => readList(table, lists.passedOn(month), options),
    fromDisbursementItem,
  );
}
