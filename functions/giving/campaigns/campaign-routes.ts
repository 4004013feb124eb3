import { Hono } from 'hono';
import { parseCursor, toCursor } from '#giving/latest-gifts/gift-cursor.ts';
import type { GiftsAnswer } from '#payments/gifts/gift-answer.ts';
import { parseLimit } from '#platform/http/requests.ts';
import { freshness, publicRead } from '#platform/web/caching.ts';
import type { SiteDeps } from '#platform/web/site-deps.ts';
import type { CampaignAnswer, CampaignsAnswer } from './campaign-answer.ts';
import { pageOf, parseCampaignCursor, toCampaignCursor } from './campaign-cursor.ts';
import type { CampaignView } from './read-campaigns.ts';
import { recallAllCampaigns, recallCampaign, recallGifts } from './recall-campaigns.ts';

/** Public reads of campaigns, as JSON. */
export function campaignRoutes(deps: SiteDeps): Hono {
  const app = new Hono();
  publicRead(app, '/api/campaigns', freshness.totals);
  publicRead(app, '/api/campaigns/:slug', freshness.totals);
  publicRead(app, '/api/campaigns/:slug/gifts', freshness.totals);
  app.get('/api/campaigns', async (c) => {
    const limit = parseLimit(c.req.query('limit'));
    const start = parseCampaignCursor(c.req.query('cursor'));
    const { data, next } = pageOf(await recallAllCampaigns(deps), start, limit);
    const answer: CampaignsAnswer = {
      data: data.map(toJson),
      nextCursor: next === undefined ? null : toCampaignCursor(next),
    };
    return c.json(answer);
  });
  app.get('/api/campaigns/:slug', async (c) =>
    c.json(toJson(await recallCampaign(deps, c.req.param('slug')))),
  );
  app.get('/api/campaigns/:slug/gifts', async (c) => {
    const { campaign, firstMonth } = await recallCampaign(deps, c.req.param('slug'));
    const limit = parseLimit(c.req.query('limit'));
    const cursor = parseCursor(campaign.slug, c.req.query('cursor'), deps.clock());
    const page = await recallGifts(deps, { slug: campaign.slug, firstMonth, cursor, limit });
    const answer: GiftsAnswer = {
      data: page.data,
      nextCursor: page.next ? toCursor(campaign.slug, page.next) : null,
    };
    return c.json(answer);
  });
  return app;
}

/** A campaign as the JSON API shows it; amounts are minor units. */
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
