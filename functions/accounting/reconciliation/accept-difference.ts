import { resolvedAlong } from '#kernel/attention/attention-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { type Change, commit } from '#platform/table/commit.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import { attentionOf, type StoredDifference, toAcceptedDifference } from './difference-item.ts';
import { readDifference } from './read-differences.ts';

/**
 * Accepts a difference that a person looked at and that will not resolve by itself, once under the request's key. Accepting it again
 * changes nothing.
 *
 * @throws Problem `not-found`, `difference-settled` when it is gone already, `idempotency-key-reused`
 */
export async function acceptDifference(
  {
    id,
    reason,
    idempotencyKey,
    permit,
  }: {
    readonly id: string;
    readonly reason: string;
    readonly idempotencyKey: string;
    readonly permit: Permit<'ledger.enter'>;
  },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<StoredDifference> {
  const { table, now } = ctx;
  const route = `differences/${id}/accept`;
  const keyed = { caller: permit.actor.id, route, key: idempotencyKey, body: { reason } };
  return once(ctx, keyed, {
    attempt: async (record) => {
      const difference = await readDifference(id, { table });
      if (difference.state === 'accepted') return difference;
      if (difference.state === 'resolved') {
        throw new Problem('difference-settled', 'The difference is gone: there is nothing to accept.');
      }
      const attention = await resolveAttentionOf(difference, reason, permit, { table, now });
      const states = { before: { state: 'open' }, after: { state: 'accepted' } } as const;
      const outcome = await commit(table, () => ({
        once: record(id),
        difference: toAcceptedDifference(difference, reason),
        ...attention,
        audit: auditChange(permit, { object: { kind: 'attention', id }, ...states }, now),
      }));
      return outcome.committed ? { ...difference, state: 'accepted', reason } : undefined;
    },
    answer: () => readDifference(id, { table }),
  });
}

/**
 * Resolves the attention that the difference caused. For money in another currency the resolved attention stays in the list: otherwise
 * the next report of it would list it again.
 */
async function resolveAttentionOf(
  difference: StoredDifference,
  reason: string,
  permit: Permit<'ledger.enter'>,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<{ readonly attention?: Change }> {
  const key = attentionOf(difference);
  if (difference.kind !== 'other-currency') return { attention: { remove: key } };
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  return resolvedAlong(item, { by: permit.actor.id, at: now, note: reason });
}
