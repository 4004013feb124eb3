import { Attempts } from '#kernel/attention/attempt-each.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { askForRefresh } from '#kernel/outbox/ask-for-refresh.ts';
import { formatMoment } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { count } from '#platform/log.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { isDueSoon } from './dispute.ts';
import { type Dispute, fromDisputeItem } from './dispute-item.ts';
import { disputeItemsSince } from './list-disputes.ts';

/** Disputes that were opened longer ago are over, or a person knows them well. Months. */
const monthsBack = 6;

const day = 86_400_000;

/**
 * Goes through the disputes once an hour: reminds a person when evidence is due within three days, once for each due date; and has
 * those read again whose gift was not booked when they came and is now.
 */
export async function watchDisputes({
  table,
  now,
}: Pick<Context, 'table' | 'now'>): Promise<{ readonly reminded: number; readonly found: number }> {
  const watched = { reminded: 0, found: 0 };
  if (now.getUTCMinutes() >= 5) return watched;
  const attempts = new Attempts({ table, now });
  await attempts.each(
    'dispute',
    disputeItemsSince({ months: monthsBack }, { table, now }),
    ({ pk }) => pk,
    async (item) => {
      const dispute = fromDisputeItem(item);
      if (await remind(table, dispute, now)) watched.reminded += 1;
      if (await findPayment(table, dispute, now)) watched.found += 1;
    },
  );
  attempts.end('disputes could not be watched.');
  return watched;
}

async function remind(table: Table, dispute: Dispute, now: Date): Promise<boolean> {
  const { id, status, dueBy, remindedOf, paymentId, checkoutId, version } = dispute;
  if (!dueBy || !isDueSoon(dispute, now) || remindedOf?.getTime() === dueBy.getTime()) return false;
  const attention = {
    kind: 'dispute-due',
    id,
    paymentId,
    checkoutId,
    at: now,
    reason: status,
    dueBy,
  } as const;
  const outcome = await commit(table, () => ({
    dispute: {
      update: keys.dispute(id),
      set: {
        expression: 'SET remindedOf = :dueBy, version = :next',
        values: { ':dueBy': dueBy.toISOString(), ':next': version + 1, ':read': version },
      },
      condition: 'version = :read',
    },
    attention: { put: toAttentionItem(attention) },
  }));
  // Another writer changed the dispute just now: the next hour looks at it again.
  if (!outcome.committed) return false;
  count('DisputeDueSoon', { disputeId: id, paymentId, status, dueBy: formatMoment(dueBy) });
  return true;
}

async function findPayment(table: Table, dispute: Dispute, now: Date): Promise<boolean> {
  const { unbookable, paymentId } = dispute;
  if ((unbookable !== 'gift-missing' && unbookable !== 'waiting') || !paymentId) return false;
  const at = keys.payment(paymentId);
  const isBooked = (await readItems(table, [at])).itemAt(at) !== undefined;
  // A dispute that waited for a day is asked about again: then its payment is missing.
  if (!isBooked && !(unbookable === 'waiting' && now.getTime() - dispute.openedAt.getTime() > day))
    return false;
  // No event reports that a gift was booked, so the refresh has a name of its own.
  const eventId = `${isBooked ? 'gift-of' : 'waited-for'}-${dispute.id}`;
  const about = { object: 'dispute', objectId: dispute.id, eventId } as const;
  return (await askForRefresh(about, { table, now })) === 'asked';
}
