import { type Context, Hono } from 'hono';
import { Problem } from '#platform/errors.ts';
import { cacheable, freshness } from '#platform/web/caching.ts';
import { languageOf } from '#platform/web/languages.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { type PageName, pageNames } from './plain-page.ts';
import { plainPage } from './public-plain-page.tsx';
import { recallPlainPage } from './read-texts.ts';

/** Those that stand at an address of their own. */
export const pagesWithAddress = pageNames.filter((name) => name !== 'privacy');

/** The plain pages, in both languages. */
export function plainPages(ctx: SiteContext): Hono {
  const app = new Hono();
  for (const prefix of ['', '/zh']) {
    for (const name of pagesWithAddress) {
      cacheable(app, `${prefix}/${name}`, freshness.totals);
      app.get(`${prefix}/${name}`, (c) => show(name, c, ctx));
    }
  }
  return app;
}

async function show(name: PageName, c: Context, ctx: SiteContext): Promise<Response> {
  const plain = await recallPlainPage(name, ctx);
  if (!plain) throw new Problem('not-found', 'There is no such page.');
  const { demonstration, site } = ctx;
  return c.html(plainPage({ plain, language: languageOf(c.req.path), demonstration, site }));
}
