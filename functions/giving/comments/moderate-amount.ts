import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { toAmountChange } from '#kernel/people/person-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { type Reading, readPaidPerson } from './read-paid-person.ts';

/** Whether the amount beside a gift stands in public. */
export interface AmountModeration {
  readonly checkoutId: string;
  readonly hide: boolean;
}

/**
 * Hides the amount beside a paid gift from the public, or shows it: a request has its effect once under its key. One transaction writes
 * it, its audit entry, and the payment, whose change makes the projector rebuild the newest gifts. No total changes.
 *
 * @returns `unchanged` when it was so before
 * @throws Problem `idempotency-key-reused`, `not-found` when there is no such checkout, `no-words` when the gift is not paid, or nobody
 * is known who gave it: its amount then stands nowhere
 */
export async function moderateAmount(
  {
    checkoutId,
    hide,
    idempotencyKey,
    permit,
  }: AmountModeration & { readonly idempotencyKey: string; readonly permit: Permit<'words.moderate'> },
  ctx: Reading,
): Promise<'changed' | 'unchanged'> {
  const keyed = {
    caller: permit.actor.id,
    route: `amounts/${checkoutId}`,
    key: idempotencyKey,
    body: { hide },
  };
  return once<'changed' | 'unchanged'>(ctx, keyed, {
    attempt: async (record) => {
      const { person, paymentId } = await readPaidPerson(checkoutId, ctx);
      if (!person || !paymentId) {
        throw new Problem(
          'no-words',
          'The gift is not paid, or its donor was erased and it shows no amount.',
        );
      }
      if (person.hideAmount === hide) return 'unchanged';
      const outcome = await commit(ctx.table, () => ({
        once: record(checkoutId),
        person: toAmountChange(checkoutId, hide),
        payment: {
          update: keys.payment(paymentId),
          set: { expression: 'SET amountState = :state', values: { ':state': stateOf(hide) } },
          condition: 'attribute_exists(pk)',
        },
        audit: auditChange(
          permit,
          {
            object: { kind: 'amount', id: checkoutId },
            before: { state: stateOf(!hide) },
            after: { state: stateOf(hide) },
          },
          ctx.now,
        ),
      }));
      return outcome.committed ? 'changed' : undefined;
    },
    answer: async () => 'changed',
  });
}

function stateOf(isHidden: boolean): 'hidden' | 'shown' {
  return isHidden ? 'hidden' : 'shown';
}
