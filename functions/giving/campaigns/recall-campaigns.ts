import { type GiftCursor, listGifts } from '#giving/latest-gifts/list-gifts.ts';
import type { Month } from '#platform/clock.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { isPublic } from './campaign.ts';
import { type CampaignView, publicCampaign, readAllCampaigns } from './read-campaigns.ts';

type Recalling = Pick<SiteContext, 'table' | 'clock' | 'memory'>;

/** All campaigns as the public sees them; the answer may be a few seconds old. */
export function recallAllCampaigns({ table, clock, memory }: Recalling): Promise<CampaignView[]> {
  return memory.recall('campaigns', async () => {
    const all = await readAllCampaigns({ table, now: clock() });
    return all.filter(({ campaign }) => isPublic(campaign));
  });
}

/**
 * A campaign as the public sees it; the answer may be a few seconds old.
 * @throws Problem `not-found`
 */
export function recallCampaign(slug: string, { table, clock, memory }: Recalling): Promise<CampaignView> {
  return memory.recall(`campaign ${slug}`, () => publicCampaign(slug, { table, now: clock() }));
}

/** A page of a campaign's public gifts; the answer may be a few seconds old. */
export function recallGifts(
  page: {
    readonly slug: string;
    readonly firstMonth: Month | undefined;
    readonly cursor: GiftCursor;
    readonly limit: number;
  },
  { table, memory }: Recalling,
): ReturnType<typeof listGifts> {
  const { slug, firstMonth, cursor, limit } = page;
  const { month, at = '', shown } = cursor;
  return memory.recall(`gifts ${slug} ${month} ${at} ${shown} ${limit}`, () =>
    listGifts({ slug, firstMonth, cursor, limit }, { table }),
  );
}
