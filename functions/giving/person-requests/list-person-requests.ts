import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import { listNewest, type StaffPage } from '#kernel/staff/list-newest.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { isPersonRequestId } from '#platform/id-shapes.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readItems, readList } from '#platform/table/table.ts';
import { hasEnded } from '#platform/table/time-to-live.ts';
import type { PersonRequest } from './person-request.ts';
import { fromPersonRequestItem } from './person-request-item.ts';

/** Reads a page of what people asked for in a Hong Kong month, newest first. */
export async function listPersonRequests(
  {
    month,
    paging,
  }: { readonly month: Month; readonly paging: StaffPaging; readonly permit: Permit<'person.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<StaffPage<PersonRequest>> {
  const listed = (options: Parameters<typeof readList>[2]) =>
    readList(table, lists.personRequests(month), options);
  const page = await listNewest(paging, listed, (item) => ({
    request: fromPersonRequestItem(item),
    isOver: hasEnded(item, now),
  }));
  return { ...page, data: page.data.filter(({ isOver }) => !isOver).map(({ request }) => request) };
}

/** @throws Problem `not-found` */
export async function readPersonRequest(
  id: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<PersonRequest> {
  const key = keys.personRequest(id);
  const item = isPersonRequestId(id)
    ? (await readItems(table, [key], { consistent: true })).itemAt(key)
    : undefined;
  if (!item || hasEnded(item, now)) throw new Problem('not-found', 'There is no such request.');
  return fromPersonRequestItem(item);
}
