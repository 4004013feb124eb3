import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import { listNewest, type StaffPage } from '#kernel/staff/list-newest.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { isExportId } from '#platform/id-shapes.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readItems, readList } from '#platform/table/table.ts';
import type { Export } from './export.ts';
import { fromExportItem } from './export-item.ts';

/** @throws Problem `not-found` */
export async function readExport(
  { id }: { readonly id: string; readonly permit: Permit<'export.make'> },
  { table }: Pick<Context, 'table'>,
): Promise<Export> {
  const item = isExportId(id)
    ? (await readItems(table, [keys.export(id)], { consistent: true })).itemAt(keys.export(id))
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such export.');
  return fromExportItem(item);
}

/**
 * Reads a page of the exports that were asked for in a Hong Kong month, newest first; pass `next` as `before` to get the following
 * page.
 */
export async function listExports(
  {
    month,
    paging,
  }: {
    readonly month: Month;
    readonly paging: StaffPaging;
    readonly permit: Permit<'export.make'>;
  },
  { table }: Pick<Context, 'table'>,
): Promise<StaffPage<Export>> {
  return listNewest(paging, (options) => readList(table, lists.exports(month), options), fromExportItem);
}
