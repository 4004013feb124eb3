import { resolvedAlong } from '#kernel/attention/attention-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import { type StoredPayout, toAcceptedPayout } from './payout-item.ts';
import { readStoredPayout } from './read-payouts.ts';

/**
 * Accepts a payout that a person looked at, because it differs or was made by hand, and resolves the attention that it caused; once
 * under the request's key. Accepting it again changes nothing.
 *
 * @throws Problem `not-found`, `payout-settled` when there is nothing to accept (yet), `idempotency-key-reused`
 */
export async function acceptPayout(
  {
    payoutId,
    reason,
    idempotencyKey,
    permit,
  }: {
    readonly payoutId: string;
    readonly reason: string;
    readonly idempotencyKey: string;
    readonly permit: Permit<'attention.settle'>;
  },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<StoredPayout> {
  const { table, now } = ctx;
  const route = `payouts/${payoutId}/accept`;
  const keyed = { caller: permit.actor.id, route, key: idempotencyKey, body: { reason } };
  return once(ctx, keyed, {
    attempt: async (record) => {
      const payout = await readStoredPayout(payoutId, { table });
      if (payout.state === 'accepted') return payout;
      if (payout.state !== 'differs' && payout.state !== 'by-hand') {
        throw new Problem('payout-settled', `The payout is ${payout.state}: there is nothing to accept.`);
      }
      const attentionKey = keys.attention(`payout-${payout.state}`, payoutId);
      const attention = (await readItems(table, [attentionKey], { consistent: true })).itemAt(attentionKey);
      const states = { before: { state: payout.state }, after: { state: 'accepted' } } as const;
      const outcome = await commit(table, () => ({
        once: record(payoutId),
        payout: toAcceptedPayout(payout, reason),
        ...resolvedAlong(attention, { by: permit.actor.id, at: now, note: reason }),
        audit: auditChange(permit, { object: { kind: 'attention', id: payoutId }, ...states }, now),
      }));
      return outcome.committed ? { ...payout, state: 'accepted', reason } : undefined;
    },
    answer: (id) => readStoredPayout(id, { table }),
  });
}
