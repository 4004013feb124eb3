import { Hono } from 'hono';
import { parseCursor, parseLimit, toCursor } from '../gifts/gift-paging.ts';
import { listGifts } from '../gifts/list-gifts.ts';
import { hongKongMonth } from '../platform/clock.ts';
import type { SiteDeps } from '../site/app.tsx';
import { known } from './campaign-pages.ts';
import { type CampaignView, readAllCampaigns } from './read-campaigns.ts';

/** Public reads of campaigns, as JSON. */
export function campaignRoutes(deps: SiteDeps): Hono {
  const app = new Hono();
  app.get('/api/campaigns', async (c) => {
    const views = await readAllCampaigns(deps.table, deps.clock());
    return c.json({ data: views.map(toJson), nextCursor: null });
  });
  app.get('/api/campaigns/:slug', async (c) => c.json(toJson(await known(c.req.param('slug'), deps))));
  app.get('/api/campaigns/:slug/gifts', async (c) => {
    const { campaign } = await known(c.req.param('slug'), deps);
    const limit = parseLimit(c.req.query('limit'));
    const cursor = parseCursor(c.req.query('cursor')) ?? {
      month: hongKongMonth(deps.clock()),
      at: undefined,
      shown: 0,
    };
    const firstMonth = hongKongMonth(campaign.opensAt);
    const page = await listGifts(deps.table, campaign.slug, firstMonth, cursor, limit);
    return c.json({ data: page.data, nextCursor: page.next ? toCursor(page.next) : null });
  });
  return app;
}

/** A campaign as the JSON API shows it; amounts are minor units. */
function toJson({ campaign, state, raised, supporters, month }: CampaignView) {
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
    levels: campaign.levels,
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
