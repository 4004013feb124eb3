import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { once } from '#platform/table/once.ts';
import type { CampaignStatus } from './campaign.ts';
import { commitRevision, type RevisedCampaign, readForEditing, statusAfter } from './write-campaign.ts';

/**
 * Publishes a campaign, closes or hides it, or makes what is hidden a draft again, with its audit entry in one transaction. Money that
 * is on its way to it is booked all the same.
 * @throws Problem `not-found`, `invalid` for a status that it cannot have now
 */
export function changeStatus(
  {
    slug,
    status,
    idempotencyKey,
    permit,
  }: {
    readonly slug: string;
    readonly status: CampaignStatus;
    readonly idempotencyKey: string;
    readonly permit: Permit<'campaign.write'>;
  },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<RevisedCampaign> {
  const readIt = () => readForEditing({ slug, permit }, { table });
  const keyed = {
    caller: permit.actor.id,
    route: `campaigns/${slug}/status`,
    key: idempotencyKey,
    body: status,
  };
  return once({ table, now }, keyed, {
    attempt: async (record) => {
      const stored = await readIt();
      const campaign = { ...stored.campaign, status: statusAfter(stored.campaign.status, status) };
      if (campaign.status === stored.campaign.status) return stored;
      return commitRevision({ stored, campaign, permit }, { once: record(slug) }, { table, now });
    },
    answer: readIt,
  });
}
