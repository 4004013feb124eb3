import { resolvedAlong } from '#kernel/attention/attention-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems } from '#platform/table/table.ts';
import { isReleased, toReleasedChange } from './payment-item.ts';
import { isPaymentId } from './read-payment.ts';

/**
 * Lets the public see a gift that was under review: one transaction that also resolves its item for a person and writes the audit
 * entry. The gift's item changes, so the projector rebuilds the newest gifts, however this function ends.
 *
 * @returns `unchanged` when it was released before
 * @throws Problem `not-found`, or 409 for a gift that was never under review
 */
export async function releasePayment(
  { paymentId, permit }: { readonly paymentId: string; readonly permit: Permit<'gift.hold-release'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<'changed' | 'unchanged'> {
  const [paymentKey, attentionKey] = [keys.payment(paymentId), keys.attention('gift-held', paymentId)];
  return retryOnConflict(async () => {
    const read = isPaymentId(paymentId)
      ? await readItems(table, [paymentKey, attentionKey], { consistent: true })
      : undefined;
    const item = read?.itemAt(paymentKey);
    if (!item) throw new Problem('not-found', 'There is no such gift.');
    if (isReleased(item)) return 'unchanged';
    if (item.held === undefined) throw new Problem('gift-not-held', 'This gift is not under review.');
    const attention = read?.itemAt(attentionKey);
    const outcome = await commit(table, () => ({
      payment: toReleasedChange(paymentId, now),
      ...resolvedAlong(attention, { by: permit.actor.id, at: now, note: 'Released.' }),
      audit: auditChange(
        permit,
        {
          object: { kind: 'gift', id: paymentId },
          before: { state: 'held' },
          after: { state: 'released' },
        },
        now,
      ),
    }));
    return outcome.committed ? 'changed' : undefined;
  });
}
