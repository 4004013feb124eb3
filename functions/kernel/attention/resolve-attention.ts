import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import {
  type AttentionKind,
  fromAttentionItem,
  type ListedAttention,
  toResolvedChange,
} from './attention-item.ts';

/**
 * Resolves something that asked for a person, with what was found or done, once under the request's key. The item keeps who resolved
 * it and when. A second resolution changes nothing: the first note stays. When the same thing happens again, the item is open again.
 *
 * @throws Problem `not-found`, `idempotency-key-reused`
 */
export async function resolveAttention(
  {
    note,
    idempotencyKey,
    permit,
    ...about
  }: { readonly kind: AttentionKind; readonly id: string } & {
    readonly note: string;
    readonly idempotencyKey: string;
    readonly permit: Permit<'attention.settle'>;
  },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<{ readonly attention: ListedAttention; readonly changed: boolean }> {
  const { table, now } = ctx;
  const { kind, id } = about;
  const route = `attention/${kind}/${id}/settle`;
  const keyed = { caller: permit.actor.id, route, key: idempotencyKey, body: { note } };
  return once<{ attention: ListedAttention; changed: boolean }>(ctx, keyed, {
    attempt: async (record) => {
      const attention = await readAttention(about, { table });
      if (attention.resolved) return { attention, changed: false };
      const resolved = { by: permit.actor.id, at: now, note };
      const object = { kind: 'attention', id: `${kind}:${id}` } as const;
      const outcome = await commit(table, () => ({
        once: record(id),
        attention: toResolvedChange(keys.attention(kind, id), resolved),
        audit: auditChange(permit, { object, before: { state: 'open' }, after: { state: 'settled' } }, now),
      }));
      return outcome.committed ? { attention: { ...attention, resolved }, changed: true } : undefined;
    },
    answer: async () => ({ attention: await readAttention(about, { table }), changed: true }),
  });
}

/** @throws Problem `not-found` */
export async function readAttention(
  { kind, id }: { readonly kind: AttentionKind; readonly id: string },
  { table }: Pick<Context, 'table'>,
): Promise<ListedAttention> {
  const key = keys.attention(kind, id);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  if (!item) throw new Problem('not-found', 'Nothing of this kind and id asks for a person.');
  return fromAttentionItem(item);
}
