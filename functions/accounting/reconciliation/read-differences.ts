import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import { listNewest, type StaffPage } from '#kernel/staff/list-newest.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readItems, readList } from '#platform/table/table.ts';
import { isDifferenceId } from './difference.ts';
import { fromDifferenceItem, type StoredDifference } from './difference-item.ts';

/** A page of the differences of money that moved in a Hong Kong month, the newest first. */
export async function readDifferences(
  {
    month,
    paging,
  }: { readonly month: Month; readonly paging: StaffPaging; readonly permit: Permit<'ledger.read'> },
  { table }: Pick<Context, 'table'>,
): Promise<StaffPage<StoredDifference>> {
  return listNewest(
    paging,
    (options) => readList(table, lists.differences(month), options),
    fromDifferenceItem,
  );
}

/** Reads a difference, strongly consistent. @throws Problem `not-found` */
export async function readDifference(
  id: string,
  { table }: Pick<Context, 'table'>,
): Promise<StoredDifference> {
  const key = keys.difference(id);
  const item = isDifferenceId(id)
    ? (await readItems(table, [key], { consistent: true })).itemAt(key)
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such difference.');
  return fromDifferenceItem(item);
}
