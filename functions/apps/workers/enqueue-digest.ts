import { countWaitingDisbursements } from '#accounting/disbursements/count-waiting-disbursements.ts';
import { listWaitingComments } from '#giving/comments/list-waiting-comments.ts';
import { answerDueBy } from '#giving/complaints/complaint.ts';
import { readUnanswered } from '#giving/complaints/read-complaints.ts';
import type { WaitingCount } from '#kernel/attention/attention-item.ts';
import { countAttention } from '#kernel/attention/count-attention.ts';
import { type DigestMessage, digestKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { readSettings } from '#kernel/settings/read-settings.ts';
import { digestAddresses } from '#kernel/settings/settings-request.ts';
import { formatTime, hongKongDay } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { commit, isNew } from '#platform/table/commit.ts';

/** Why there is no digest now, or that there is one. */
type Digested = 'enqueued' | 'not-now' | 'nobody' | 'nothing-waits' | 'made-before';

/** In Hong Kong: the first run of this hour. */
const hour = '08';

/** Lets the day's digest be sent, once a day: not when nothing waits, and not when nobody is to get it. */
export async function enqueueDigest({ table, now }: Pick<Context, 'table' | 'now'>): Promise<Digested> {
  if (!formatTime(now).startsWith(hour)) return 'not-now';
  const to = digestAddresses((await readSettings({ table })).settings);
  if (to.length === 0) return 'nobody';
  const waiting = await countWaiting({ table, now });
  if (waiting.length === 0) return 'nothing-waits';
  const key = digestKey(hongKongDay(now));
  const message: DigestMessage = { kind: 'digest', key, to, waiting, createdAt: now };
  const { committed } = await commit(table, () => ({
    outbox: { put: toOutboxItem(message), condition: isNew },
  }));
  return committed ? 'enqueued' : 'made-before';
}

async function countWaiting(ctx: Pick<Context, 'table' | 'now'>): Promise<WaitingCount[]> {
  const [attention, comments, complaints, disbursements] = await Promise.all([
    countAttention(ctx),
    listWaitingComments(ctx),
    readUnanswered(ctx),
    countWaitingDisbursements(ctx),
  ]);
  const first = complaints.at(-1);
  const others = [
    { what: 'comments', count: comments.length, dueBy: undefined },
    { what: 'complaints', count: complaints.length, dueBy: first && answerDueBy(first.receivedAt) },
    { what: 'disbursements', count: disbursements, dueBy: undefined },
  ] as const;
  return [...attention, ...others.filter(({ count }) => count > 0)];
}
