import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import type { Context } from '#platform/context/context.ts';
import { commit } from '#platform/table/commit.ts';
import { type MailProblem, toMailProblemChange } from './mail-item.ts';
import type { MailRef } from './mail-tags.ts';

/** What became of the report: recorded; known already, or something graver is known; or the mail was erased with its person. */
export type RecordedProblem = 'noted' | 'known' | 'erased';

/**
 * Keeps why a mail missed its reader, and lists it for a person. The state itself makes a repeated event change nothing, and
 * the gravest problem stays, in whatever order the events come. No alarm rings: most are typing errors, which the donor can correct.
 */
export async function recordMailProblem(
  { checkoutId, name, problem }: MailRef & { readonly problem: MailProblem },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<RecordedProblem> {
  const attention = {
    kind: 'mail-problem',
    id: `${checkoutId}/${name}`,
    checkoutId,
    at: now,
    reason: problem,
  } as const;
  const outcome = await commit(table, () => ({
    mail: toMailProblemChange(checkoutId, name, problem),
    attention: { put: toAttentionItem(attention) },
  }));
  if (outcome.committed) return 'noted';
  return outcome.failed.get('mail') ? 'known' : 'erased';
}
