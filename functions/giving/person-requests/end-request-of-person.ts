import { resolvedAlong } from '#kernel/attention/attention-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import { readPersonRequest } from './list-person-requests.ts';
import type { PersonRequest, RequestEnd } from './person-request.ts';
import { isOpen, toPersonRequestItem } from './person-request-item.ts';

export type RequestEnded = Pick<RequestEnd, 'how'> & {
  readonly reason?: string | undefined;
  readonly hasSeenIdentity: boolean;
};

/**
 * Ends what a person asked for: it was done, or is refused with a reason. It is kept for four years from then on.
 * @throws Problem `not-found`, `request-ended`, `invalid` for a refusal without a reason, `idempotency-key-reused`
 */
export async function endPersonRequest(
  {
    id,
    said,
    idempotencyKey,
    permit,
  }: {
    readonly id: string;
    readonly said: RequestEnded;
    readonly idempotencyKey: string;
    readonly permit: Permit<'person.write'>;
  },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<PersonRequest> {
  const { table, now } = ctx;
  const { how, reason, hasSeenIdentity } = said;
  if (how === 'refused' && reason === undefined) {
    const detail = 'A refusal needs its reason: the law asks to keep it.';
    throw new Problem('invalid', detail, { errors: [{ pointer: '/reason', detail }] });
  }
  const body = { how, reason: reason ?? null, hasSeenIdentity };
  const keyed = { caller: permit.actor.id, route: `person-requests/${id}`, key: idempotencyKey, body };
  return once<PersonRequest>(ctx, keyed, {
    attempt: async (record) => {
      const before = await readPersonRequest(id, ctx);
      if (before.end) throw new Problem('request-ended', 'This request was ended before.');
      const after = { ...before, hasSeenIdentity, end: { how, reason, by: permit.actor.id, at: now } };
      const attentionAt = keys.attention('person-request', id);
      const waits = (await readItems(table, [attentionAt], { consistent: true })).itemAt(attentionAt);
      const outcome = await commit(table, () => ({
        once: record(id),
        request: { put: toPersonRequestItem(after), condition: isOpen },
        ...resolvedAlong(waits, {
          by: permit.actor.id,
          at: now,
          note: how === 'done' ? 'Done.' : 'Refused.',
        }),
        audit: auditChange(
          permit,
          {
            object: { kind: 'person-request', id },
            before: { state: 'open' },
            after: { state: how, identitySeen: hasSeenIdentity },
          },
          now,
        ),
      }));
      return outcome.committed ? after : undefined;
    },
    answer: () => readPersonRequest(id, ctx),
  });
}
