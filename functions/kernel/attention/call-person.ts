import type { Context } from '#platform/context/context.ts';
import { count, type LogFields, type Need } from '#platform/log.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { putNew, writeOne } from '#platform/table/write-one.ts';
import { type Attention, fromAttentionItem, toAttentionItem, toResolvedChange } from './attention-item.ts';

/** What a person is called for, and how the log says it. */
interface Call {
  readonly need: Need;
  readonly attention: Attention;
  readonly fields?: LogFields;
}

/**
 * Calls a person for something once, whatever became of the call since.
 * @returns whether it called now
 */
export async function callOnce(
  { need, attention, fields }: Call,
  { table }: Pick<Context, 'table'>,
): Promise<boolean> {
  if (await putNew(table, toAttentionItem(attention))) return false;
  count(need, fields);
  return true;
}

/** What was resolved and goes on for so long calls again. Milliseconds. */
const resolvedFor = 24 * 3_600_000;

/**
 * Calls a person for what is seen again and again while it lasts: once, again at once when it came back after it was over by itself, and
 * a day after a person resolved it.
 */
export async function callPerson(
  { need, attention, fields = {} }: Call,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const item = toAttentionItem(attention);
  const before = await putNew(table, item);
  if (before) {
    const { resolved } = fromAttentionItem(before);
    if (!resolved) return;
    if (resolved.by !== itself && now.getTime() - resolved.at.getTime() < resolvedFor) return;
    await writeOne(table, { put: item });
  }
  const { kind, id, reason } = attention;
  count(need, { kind, id, ...(reason !== undefined && { reason }), ...fields });
}

/** Who resolves what is over by itself. */
const itself = 'sweep';

/** Resolves what a person was called for and what is over by itself. */
export async function resolveItself(
  { kind, id, note }: Pick<Attention, 'kind' | 'id'> & { readonly note: string },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const resolved = { by: itself, at: now, note };
  await commit(table, () => ({ attention: toResolvedChange(keys.attention(kind, id), resolved) }));
}
