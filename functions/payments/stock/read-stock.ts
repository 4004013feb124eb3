import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readCollection, readItems } from '#platform/table/table.ts';
import { bucketsOf, type Hold, type Slice } from './stock.ts';
import { fromHoldItem, fromSliceItem } from './stock-item.ts';

/** All buckets of a hundred, each in eight slices. */
const mostSlices = 800;

/** Reads what is free in every bucket of a subject, by one request. */
export async function readStock(
  subject: string,
  { table }: Pick<Context, 'table'>,
): Promise<Map<string, Slice[]>> {
  const { pk } = keys.stockSlice(subject, '', 0);
  const items = await readCollection(table, pk, { order: 'oldest', limit: mostSlices });
  return bucketsOf(items.map(fromSliceItem));
}

/** Reads what a checkout holds, or was sold; undefined when it was released, or never held anything. */
export async function readHold(id: string, { table }: Pick<Context, 'table'>): Promise<Hold | undefined> {
  const key = keys.hold(id);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  return item && fromHoldItem(item);
}
