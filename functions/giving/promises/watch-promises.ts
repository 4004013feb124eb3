import { Attempts } from '#kernel/attention/attempt-each.ts';
import { promiseDueKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { lists } from '#platform/table/keys.ts';
import { readWholeList } from '#platform/table/table.ts';
import { dueOf, type PromisedGift } from './promise.ts';
import { fromPromiseItem, promiseMail, toPromiseChange } from './promise-item.ts';

/**
 * Reminds the donors of promises whose money has not come, once, and lets those lapse that it did not come for in time.
 * @throws WorkFailed at the end when some could not be read or written; the others were
 */
export async function watchPromises({
  table,
  now,
}: Pick<Context, 'table' | 'now'>): Promise<Record<'reminded' | 'lapsed', number>> {
  const attempts = new Attempts({ table, now });
  const done = { reminded: 0, lapsed: 0 };
  for (const month of lastMonths(now, 3)) {
    for await (const page of readWholeList(table, lists.promises(month))) {
      await attempts.each(
        'promise',
        page,
        ({ pk }) => pk,
        async (item) => {
          const promise = fromPromiseItem(item);
          const due = dueOf(promise, now);
          if (!due || !(await commit(table, () => changesOf(promise, due, now))).committed) return;
          done[due === 'lapse' ? 'lapsed' : 'reminded'] += 1;
        },
      );
    }
  }
  attempts.end('promises could not be looked after.');
  return done;
}

function changesOf(promise: PromisedGift, due: 'lapse' | 'remind', now: Date) {
  if (due === 'lapse') return { promise: toPromiseChange({ ...promise, state: 'lapsed' }) };
  const mail = promiseMail(promise, promiseDueKey(promise.reference), now);
  return {
    promise: toPromiseChange({ ...promise, remindedAt: now }),
    outbox: { put: toOutboxItem(mail), condition: isNew },
  };
}
