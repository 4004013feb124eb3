import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { hongKongDay } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import { readPersonRequest } from './list-person-requests.ts';
import { dueOf, type PersonRequest } from './person-request.ts';
import { toPersonRequestItem } from './person-request-item.ts';

export type EnteredRequest = Pick<PersonRequest, 'kind' | 'day' | 'hasSeenIdentity'> & {
  readonly payment?: string | undefined;
};

/**
 * Writes down what a person asked for about what is kept of them. It waits for the staff until it is ended, with the day that the law
 * sets.
 *
 * @throws Problem `invalid`, `idempotency-key-reused`
 */
export async function enterPersonRequest(
  {
    request: { payment, ...said },
    idempotencyKey,
    permit,
  }: {
    readonly request: EnteredRequest;
    readonly idempotencyKey: string;
    readonly permit: Permit<'person.write'>;
  },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<PersonRequest> {
  const { table, now } = ctx;
  if (said.day > hongKongDay(now)) throw wrong('day', 'The day lies in the future.');
  const body = { ...said, payment: payment ?? null };
  const keyed = { caller: permit.actor.id, route: 'person-requests', key: idempotencyKey, body };
  return once<PersonRequest>(ctx, keyed, {
    attempt: async (record) => {
      const id = newId('personRequest');
      const request: PersonRequest = {
        ...{ id, ...said, paymentId: payment, by: permit.actor.id, enteredAt: now, end: undefined },
      };
      const at = payment === undefined ? undefined : keys.payment(payment);
      if (at && !(await readItems(table, [at])).itemAt(at)) {
        throw wrong('payment', 'There is no payment with this reference.');
      }
      const attention = { kind: 'person-request', id, paymentId: payment, at: now } as const;
      const outcome = await commit(table, () => ({
        once: record(id),
        request: { put: toPersonRequestItem(request), condition: isNew },
        attention: { put: toAttentionItem({ ...attention, reason: said.kind, dueBy: dueOf(said) }) },
        audit: auditChange(
          permit,
          {
            object: { kind: 'person-request', id },
            after: { state: 'open', kind: said.kind, at: said.day, identitySeen: said.hasSeenIdentity },
          },
          now,
        ),
      }));
      return outcome.committed ? request : undefined;
    },
    answer: (id) => readPersonRequest(id, ctx),
  });
}

function wrong(field: string, detail: string): Problem {
  return new Problem('invalid', detail, { errors: [{ pointer: `/${field}`, detail }] });
}
