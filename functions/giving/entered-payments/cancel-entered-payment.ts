import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import { dueAt } from './entered-payment.ts';
import { fromEnteredPaymentItem, stillWaits } from './entered-payment-item.ts';

/**
 * Undoes an entry that is not booked yet: it and its person's data are gone, as if it had never been; a promise that it was to keep waits
 * again.
 * @throws Problem `not-found`, `entry-booked` once its ten minutes are over, `idempotency-key-reused`
 */
export async function cancelEnteredPayment(
  {
    id,
    idempotencyKey,
    permit,
  }: { readonly id: string; readonly idempotencyKey: string; readonly permit: Permit<'payment.enter'> },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const { table, now } = ctx;
  const keyed = { caller: permit.actor.id, route: `entered/${id}/undo`, key: idempotencyKey, body: {} };
  const at = keys.enteredPayment(id);
  await once<true>(ctx, keyed, {
    attempt: async (record) => {
      const item = (await readItems(table, [at], { consistent: true })).itemAt(at);
      if (!item) throw new Problem('not-found', 'No such entry waits.');
      const entered = fromEnteredPaymentItem(item);
      if (item.state !== 'waiting' || now >= dueAt(entered)) throw booked();
      const outcome = await commit(table, () => ({
        once: record(id),
        entered: { remove: at, condition: stillWaits },
        // The person of a promise stays with it.
        ...(entered.promise === undefined && { person: { remove: keys.person(entered.checkoutId) } }),
        audit: auditChange(
          permit,
          { object: { kind: 'gift', id }, before: { state: 'entered' }, after: { state: 'undone' } },
          now,
        ),
      }));
      return outcome.committed ? true : undefined;
    },
    answer: async () => true,
  });
}

function booked(): Problem {
  return new Problem('entry-booked', 'The ten minutes are over: it is booked, or will be in a moment.');
}
