import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Seen } from '#kernel/staff/revision-input.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { bodyDigest } from '#platform/ids.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import type { PlainPage } from './plain-page.ts';
import { toPlainPageItem } from './plain-page-item.ts';
import { type RevisedPage, readPlainPage } from './read-texts.ts';

/**
 * Writes a page over the revision that its writer saw, with its audit entry in one transaction.
 * @throws Problem `precondition-failed` when another one stands there
 */
export async function writePlainPage(
  {
    page,
    seen,
    permit,
  }: { readonly page: PlainPage; readonly seen: Seen; readonly permit: Permit<'page.write'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<RevisedPage> {
  const stored = await readPlainPage(page.name, { table });
  if (seen !== 'any' && seen !== (stored?.revision ?? 'nothing')) throw changedMeanwhile();
  const revision = (stored?.revision ?? 0) + 1;
  const change = {
    object: { kind: 'page', id: page.name },
    ...(stored && { before: audited(stored) }),
    after: audited({ ...page, revision }),
  } as const;
  const outcome = await commit(table, () => ({
    page: {
      put: toPlainPageItem(page, revision),
      condition: stored ? { expression: 'revision = :seen', values: { ':seen': stored.revision } } : isNew,
    },
    audit: auditChange(permit, change, now),
  }));
  if (!outcome.committed) throw changedMeanwhile();
  return { ...page, revision };
}

function changedMeanwhile(): Problem {
  return new Problem(
    'precondition-failed',
    'The page is not as you saw it: read it again, and send your change with its new ETag.',
  );
}

/** The audit entry shows that a text changed, but never the text. */
function audited({ status, revision, title, text }: RevisedPage) {
  return { status, revision, titleDigest: bodyDigest(title), textDigest: bodyDigest(text) };
}
