import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { isExportId } from '#platform/id-shapes.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
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
    readonly paging: { readonly before: string | undefined; readonly limit: number };
    readonly permit: Permit<'export.make'>;
  },
  { table }: Pick<Context, 'table'>,
): Promise<{ readonly data: readonly Export[]; readonly next: string | undefined }> {
  const items = await readList(table, lists.exports(month), {
    order: 'newest',
    limit: paging.limit + 1,
    ...(paging.before && { before: paging.before }),
  });
  const shown = items.slice(0, paging.limit);
  const last = shown.at(-1);
  const next = items.length > paging.limit && last ? read(last).text('listOrder') : undefined;
  return { data: readIntact(shown, fromExportItem), next };
}
