import type { Permit } from '#kernel/staff/rights.ts';
import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { isComplaintId } from '#platform/id-shapes.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems, readList } from '#platform/table/table.ts';
import { hasEnded } from '#platform/table/time-to-live.ts';
import { type Complaint, isReader, mayRead } from './complaint.ts';
import { fromComplaintItem } from './complaint-item.ts';

type Reading = Pick<Context, 'table' | 'now'>;

const monthsBack = 12;
/** Of each month. */
const most = 50;

/** The complaints of the last twelve months that a person may read, the newest first; none for who reads no complaints. */
export async function readComplaints(
  { permit: { actor } }: { readonly permit: Permit<'complaint.answer'> },
  ctx: Reading,
): Promise<Complaint[]> {
  if (!isReader(actor.id)) return [];
  return (await readAll(ctx)).filter((complaint) => mayRead(complaint, actor.id));
}

/** Those that nobody has answered, also of which the reader of the count may read none. */
export async function readUnanswered(ctx: Reading): Promise<Complaint[]> {
  return (await readAll(ctx)).filter(({ answer }) => !answer);
}

async function readAll({ table, now }: Reading): Promise<Complaint[]> {
  const pages = await Promise.all(
    lastMonths(now, monthsBack).map((month) =>
      readList(table, lists.complaints(month), { order: 'newest', limit: most }),
    ),
  );
  return readIntact(
    pages.flat().filter((item) => !hasEnded(item, now)),
    fromComplaintItem,
  );
}

/** @throws Problem `not-found` also for who may not read it */
export async function readComplaint(
  { id, permit: { actor } }: { readonly id: string; readonly permit: Permit<'complaint.answer'> },
  { table, now }: Reading,
): Promise<Complaint> {
  const key = keys.complaint(id);
  const item = isComplaintId(id)
    ? (await readItems(table, [key], { consistent: true })).itemAt(key)
    : undefined;
  const complaint = item && !hasEnded(item, now) ? fromComplaintItem(item) : undefined;
  if (!complaint || !mayRead(complaint, actor.id)) {
    throw new Problem('not-found', 'There is no such complaint that you may read.');
  }
  return complaint;
}
