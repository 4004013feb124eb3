import { type Context, Hono } from 'hono';
import { type Campaign, isPublic } from '#giving/campaigns/campaign.ts';
import { findCampaign, viewUnwritten } from '#giving/campaigns/read-campaigns.ts';
import { Problem } from '#platform/errors.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { languageOf, localPath } from '#platform/web/languages.ts';
import { markPrivate } from '#platform/web/private-page.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { campaignPage } from './campaign-page.tsx';

/** The address, in English, under which a draft is shown to whom the staff send it. It cannot be worked out. */
export function previewPath(hash: KeyedHash, slug: string): string {
  return `/preview/${slug}/${hash.of('preview', slug)}`;
}

/** A campaign's page as it will be once it is published; what is closed already is shown so. */
export const asPublished = (campaign: Campaign): Campaign => ({
  ...campaign,
  status: campaign.status === 'closed' ? 'closed' : 'published',
});

/** The page of a draft, in both languages. Once it is published the link leads to its public page. */
export function previewPages(ctx: SiteContext): Hono {
  const app = new Hono();
  for (const prefix of ['', '/zh']) {
    app.get(`${prefix}/preview/:slug/:key`, (c) => showDraft(c.req.param('slug'), c, ctx));
  }
  return app;
}

async function showDraft(slug: string, c: Context, ctx: SiteContext): Promise<Response> {
  const { table, demonstration, site } = ctx;
  const language = languageOf(c.req.path);
  const path = previewPath(await ctx.hash(), slug);
  const campaign = c.req.path === localPath(language, path) ? await findCampaign(slug, { table }) : undefined;
  if (campaign && isPublic(campaign)) return c.redirect(localPath(language, `/campaigns/${slug}`), 303);
  if (campaign?.status !== 'draft') throw new Problem('not-found', 'There is no such draft.');
  markPrivate(c);
  const view = await viewUnwritten(asPublished(campaign), { table, now: ctx.clock() });
  const takesCards = ctx.stripe !== undefined;
  const frame = { language, demonstration, site, takesCards, formKey: '', isPreview: true, path };
  return c.html(campaignPage({ view, ...frame }));
}
