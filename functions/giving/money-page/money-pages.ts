import { type Context, Hono } from 'hono';
import { csvType } from '#platform/files/csv.ts';
import { cacheable, freshness } from '#platform/web/caching.ts';
import { languageOf } from '#platform/web/languages.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { moneyCsv } from './money-csv.ts';
import { moneyPage } from './money-page.tsx';
import { recallMoney } from './read-money.ts';

/** Where a campaign's money went: as pages in both languages, as CSV, as JSON. */
export function moneyPages(ctx: SiteContext): Hono {
  const app = new Hono();
  const view = (c: Context) => recallMoney(c.req.param('slug') ?? '', ctx);
  for (const prefix of ['', '/zh']) {
    cacheable(app, `${prefix}/campaigns/:slug/money`, freshness.totals);
    cacheable(app, `${prefix}/campaigns/:slug/money.csv`, freshness.totals);
    app.get(`${prefix}/campaigns/:slug/money`, async (c) => {
      const { demonstration, site, stripe } = ctx;
      const frame = {
        language: languageOf(c.req.path),
        takesCards: stripe !== undefined,
        demonstration,
        site,
      };
      return c.html(moneyPage(await view(c), frame));
    });
    app.get(`${prefix}/campaigns/:slug/money.csv`, async (c) => {
      const { campaign, money } = await view(c);
      return c.body(moneyCsv(money, languageOf(c.req.path)), 200, {
        'content-type': csvType,
        'content-disposition': `attachment; filename="${campaign.slug}-money.csv"`,
      });
    });
  }
  return app;
}
