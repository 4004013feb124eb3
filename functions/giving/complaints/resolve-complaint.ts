import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { commit } from '#platform/table/commit.ts';
import { once } from '#platform/table/once.ts';
import { toAnsweredChange } from './complaint-item.ts';
import { readComplaint } from './read-complaints.ts';

/**
 * Records what was answered to a complaint, once under the request's key. The first answer stays.
 * @returns false when it was answered before
 * @throws Problem `not-found` also for who may not read it; `idempotency-key-reused`
 */
export async function resolveComplaint(
  {
    id,
    note,
    idempotencyKey,
    permit,
  }: {
    readonly id: string;
    readonly note: string;
    readonly idempotencyKey: string;
    readonly permit: Permit<'complaint.answer'>;
  },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<boolean> {
  const keyed = {
    ...{ caller: permit.actor.id, route: `complaints/${id}`, key: idempotencyKey },
    body: { note },
  };
  return once<boolean>({ table, now }, keyed, {
    attempt: async (record) => {
      const complaint = await readComplaint({ id, permit }, { table, now });
      if (complaint.answer) return false;
      const object = { kind: 'complaint', id } as const;
      const outcome = await commit(table, () => ({
        once: record(id),
        complaint: toAnsweredChange(complaint, { by: permit.actor.id, at: now, note }),
        audit: auditChange(
          permit,
          { object, before: { state: 'received' }, after: { state: 'answered' } },
          now,
        ),
      }));
      return outcome.committed ? true : undefined;
    },
    answer: async () => true,
  });
}
