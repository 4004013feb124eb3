import { fundSlugs } from '#accounting/accounts/fund-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { AuditFields } from '#kernel/audit-log/audit-entry.ts';
import type { Seen } from '#kernel/staff/revision-input.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { isSlug } from '#platform/id-shapes.ts';
import { bodyDigest } from '#platform/ids.ts';
import { type Change, type Changes, commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { type Item, readItems, type Table } from '#platform/table/table.ts';
import { inOrder } from '#platform/values.ts';
import { type Campaign, type CampaignStatus, nextStatuses } from './campaign.ts';
import { fromCampaignItem, toCampaignItem, toListedChange } from './campaign-item.ts';
import { type WrittenCampaign, writtenCampaign } from './campaign-request.ts';

/** A campaign with the number of times that staff wrote it; 0 when no person has written it yet. */
export interface RevisedCampaign {
  readonly campaign: Campaign;
  readonly revision: number;
}

/**
 * Reads a campaign with its revision, for editing.
 * @throws Problem `not-found`
 */
export async function readForEditing(
  { slug }: { readonly slug: string; readonly permit: Permit<'campaign.read'> | Permit<'campaign.write'> },
  { table }: Pick<Context, 'table'>,
): Promise<RevisedCampaign> {
  const { stored } = isSlug(slug) ? await readStored(table, slug) : { stored: undefined };
  if (!stored) throw new Problem('not-found', 'There is no such campaign.');
  return stored;
}

/**
 * Writes a campaign over the revision that the writer saw: the campaign, its place in the list and the audit entry in one transaction.
 * @throws Problem `precondition-failed` when the stored revision is another one, `invalid` for a status that it cannot have now
 */
export async function writeCampaign(
  {
    campaign: written,
    seen,
    permit,
  }: { readonly campaign: WrittenCampaign; readonly seen: Seen; readonly permit: Permit<'campaign.write'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<RevisedCampaign & { readonly created: boolean }> {
  const round = async () => {
    const { stored, listed } = await readStored(table, written.slug);
    if (!isStill(stored, seen)) throw changedMeanwhile();
    const campaign = { ...written, status: statusAfter(stored?.campaign.status, written.status) };
    const list = listed ? {} : { list: toListedChange(campaign.slug) };
    const revised = await commitRevision({ stored, campaign, permit }, list, { table, now });
    return revised && { ...revised, created: stored === undefined };
  };
  return retryOnConflict(round, { rounds: 5, giveUp: changedMeanwhile });
}

/**
 * Writes the next revision of a campaign with its audit entry, and what is to be written with them; undefined when another person was
 * faster.
 */
export async function commitRevision(
  {
    stored,
    campaign,
    permit,
  }: {
    readonly stored: RevisedCampaign | undefined;
    readonly campaign: Campaign;
    readonly permit: Permit<'campaign.write'>;
  },
  more: Changes<'list' | 'once'>,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<RevisedCampaign | undefined> {
  const revision = (stored?.revision ?? 0) + 1;
  const outcome = await commit(table, () => ({
    ...more,
    campaign: toRevisionChange(campaign, revision, stored),
    audit: auditChange(permit, describeChange(stored, { campaign, revision }), now),
  }));
  return outcome.committed ? { campaign, revision } : undefined;
}

/** @throws Problem `invalid` for a status that it cannot have now */
export function statusAfter(
  before: CampaignStatus | undefined,
  wanted: CampaignStatus = before ?? 'published',
): CampaignStatus {
  const possible = before ? [before, ...nextStatuses(before)] : (['draft', 'published'] as const);
  const status = possible.find((each) => each === wanted);
  if (status) return status;
  const detail = `The status can now be: ${possible.join(', ')}.`;
  throw new Problem('invalid', detail, { errors: [{ pointer: '/status', detail }] });
}

async function readStored(table: Table, slug: string) {
  const [key, listKey] = [keys.campaign(slug), keys.campaignList()];
  const found = await readItems(table, [key, listKey], { consistent: true });
  const item = found.itemAt(key);
  return {
    stored: item && { campaign: fromCampaignItem(item), revision: revisionOf(item) },
    listed: fundSlugs(found.itemAt(listKey)).includes(slug),
  };
}

function isStill(stored: RevisedCampaign | undefined, seen: Seen): boolean {
  if (seen === 'nothing') return stored === undefined;
  return stored !== undefined && (seen === 'any' || seen === stored.revision);
}

function changedMeanwhile(): Problem {
  return new Problem(
    'precondition-failed',
    'The campaign is not as you saw it: read it again, and send your change with its new ETag.',
  );
}

function toRevisionChange(campaign: Campaign, revision: number, stored: RevisedCampaign | undefined): Change {
  const put = { ...toCampaignItem(campaign), revision };
  if (!stored) return { put, condition: isNew };
  if (stored.revision === 0) {
    return { put, condition: { expression: 'attribute_exists(pk) AND attribute_not_exists(revision)' } };
  }
  return { put, condition: { expression: 'revision = :seen', values: { ':seen': stored.revision } } };
}

function revisionOf(item: Item): number {
  return read(item).maybeInt('revision') ?? 0;
}

function describeChange(stored: RevisedCampaign | undefined, written: RevisedCampaign) {
  const after = audited(written);
  const object = { kind: 'campaign', id: written.campaign.slug } as const;
  if (!stored) return { object, after };
  const before = audited(stored);
  const changed = (Object.keys({ ...before, ...after }) as (keyof AuditFields<'campaign'>)[]).filter(
    (name) => before[name] !== after[name],
  );
  return { object, before: only(before, changed), after: only(after, changed) };
}

function only(fields: AuditFields<'campaign'>, names: readonly (keyof AuditFields<'campaign'>)[]) {
  return Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  ) as AuditFields<'campaign'>;
}

/** Figures as they are, texts as digests: the audit entry shows that a text changed, but never the text. */
function audited({ campaign, revision }: RevisedCampaign): AuditFields<'campaign'> {
  const {
    slug: _,
    status,
    title,
    summary,
    story,
    currency,
    target,
    levels,
    opensAt,
    closesAt,
    ...other
  } = writtenCampaign(campaign);
  return {
    revision,
    status,
    currency,
    opensAt,
    closesAt,
    ...(target.kind === 'fund'
      ? { kind: target.kind, goal: target.goal }
      : {
          kind: target.kind,
          firstMonth: target.firstMonth,
          budgets: shortened(target.budgets.map(({ from, amount }) => `${from}: ${amount}`)),
        }),
    levels: shortened(levels.map(({ amount }) => String(amount))),
    titleDigest: digestOf(title),
    summaryDigest: digestOf(summary),
    storyDigest: digestOf(story),
    otherDigest: digestOf([levels.map((level) => level.text), other]),
  };
}

/** As many of the newest parts as fit into an audit field. */
function shortened(parts: readonly string[]): string {
  return parts.slice(-8).join(', ');
}

/** A digest that does not depend on the order of names: the table does not keep it. */
function digestOf(value: unknown): string {
  return bodyDigest(inOrder(value));
}
