import { permitTrustee } from '#kernel/staff/rights.ts';
import { secretDigest } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import { readTrusteeLink } from './read-trustee-link.ts';
import { endOfLink, LinkOver, type TrusteeLink, trusteeOf } from './trustee-link.ts';
import { toUsedChange } from './trustee-link-item.ts';
import type { TwoPersonStep } from './two-person-step.ts';

/**
 * Approves what a trustee was asked about, in their name, and uses the link up: both or neither.
 *
 * @param input.stepOf the step of a kind
 * @throws Problem `not-found` for a secret that nobody was sent; LinkOver when it was used, is late, or is of who is no trustee any more;
 * what the step says when it does not wait any more
 */
export async function approveByLink(
  { token, stepOf }: { readonly token: string; readonly stepOf: (kind: string) => TwoPersonStep | undefined },
  ctx: { readonly table: Table; readonly now: Date },
): Promise<TrusteeLink> {
  const link = await readTrusteeLink(token, ctx);
  const step = requireGood(link, stepOf, ctx.now);
  const also = toUsedChange(secretDigest(token), ctx.now);
  const permit = permitTrustee(link.trustee, step.approval);
  await step.approve({ id: link.step.id, key: link.id, also, permit }, ctx);
  return link;
}

/** @throws LinkOver */
export function requireGood(
  link: TrusteeLink,
  stepOf: (kind: string) => TwoPersonStep | undefined,
  now: Date,
): TwoPersonStep {
  const step = stepOf(link.step.kind);
  if (!step || !trusteeOf(link.trustee) || endOfLink(link, now)) {
    throw new LinkOver('The link was used, or is older than a day.');
  }
  return step;
}
