import type { GiftsAnswer } from '#giving/latest-gifts/gift-answer.ts';
import { parseCursor, toCursor } from '#giving/latest-gifts/gift-cursor.ts';
import { page } from '#platform/http/input.ts';
import { freshness } from '#platform/web/caching.ts';
import { publicEndpoint } from '#platform/web/public-endpoint.ts';
import type { CampaignAnswer, CampaignsAnswer } from './campaign-answer.ts';
import { pageOf, parseCampaignCursor, toCampaignCursor } from './campaign-cursor.ts';
import { campaignInPath } from './campaign-input.ts';
import type { CampaignView } from './read-campaigns.ts';
import { recallAllCampaigns, recallCampaign, recallGifts } from './recall-campaigns.ts';

const list = publicEndpoint({
  id: 'listCampaigns',
  method: 'get',
  path: '/api/campaigns',
  tag: 'Campaigns',
  summary: 'All campaigns',
  description: 'In the order of the home page, with what each has raised.',
  input: page,
  fresh: freshness.totals,
  answerName: 'CampaignPage',
  statuses: { 200: 'A page of campaigns.' },
  run: async ({ limit, cursor }, ctx): Promise<CampaignsAnswer> => {
    const start = parseCampaignCursor(cursor);
    const { data, next } = pageOf(await recallAllCampaigns(ctx), start, limit);
    return { data: data.map(toJson), nextCursor: next === undefined ? null : toCampaignCursor(next) };
  },
});

const read = publicEndpoint({
  id: 'getCampaign',
  method: 'get',
  path: '/api/campaigns/{slug}',
  tag: 'Campaigns',
  summary: 'One campaign',
  description: 'With what it has raised; a monthly budget also with the figures of its present month.',
  input: { slug: campaignInPath() },
  fresh: freshness.totals,
  answerName: 'Campaign',
  statuses: { 200: 'The campaign.' },
  problems: ['not-found'],
  run: async ({ slug }, ctx): Promise<CampaignAnswer> => toJson(await recallCampaign(slug, ctx)),
});

const gifts = publicEndpoint({
  id: 'listGifts',
  method: 'get',
  path: '/api/campaigns/{slug}/gifts',
  tag: 'Campaigns',
  summary: 'The public gifts of a campaign',
  description: 'Newest first. What a donor hides is null. Follow `nextCursor` until it is null.',
  input: { slug: campaignInPath(), ...page },
  fresh: freshness.totals,
  answerName: 'GiftPage',
  statuses: { 200: 'A page of gifts.' },
  problems: ['not-found'],
  run: async ({ slug, limit, cursor: asked }, ctx): Promise<GiftsAnswer> => {
    const { firstMonth } = await recallCampaign(slug, ctx);
    const cursor = parseCursor(slug, asked, ctx.clock());
    const { data, next } = await recallGifts({ slug, firstMonth, cursor, limit }, ctx);
    return { data, nextCursor: next ? toCursor(slug, next) : null };
  },
});

export const publicCampaignApi = [list, read, gifts];

function toJson({ campaign, state, raised, supporters, month }: CampaignView): CampaignAnswer {
  return {
    slug: campaign.slug,
    kind: campaign.target.kind,
    state,
    title: campaign.title,
    summary: campaign.summary,
    currency: campaign.currency.toUpperCase(),
    goal: month?.budget ?? (campaign.target.kind === 'fund' ? campaign.target.goal : null),
    raised,
    supporters,
    levels: [...campaign.levels],
    ...(month && {
      month: {
        month: month.month,
        raised: month.raised,
        carriedOver: month.carriedOver,
        pledged: 0,
        monthsCovered: month.monthsCovered,
      },
    }),
  };
}
