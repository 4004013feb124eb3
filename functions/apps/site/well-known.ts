import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import { recallAllCampaigns } from '#giving/campaigns/recall-campaigns.ts';
import type { Language } from '#platform/charity.ts';
import { loadAsset } from '#platform/web/assets.ts';
import { cacheable, freshness } from '#platform/web/caching.ts';
import { htmlLanguage, localPath } from '#platform/web/languages.ts';
import type { SiteContext } from '#platform/web/site-context.ts';

/** Addresses for one person or for staff: search engines are kept away. */
const secret = ['preview', 'give', 'thanks', 'manage', 'tickets', 't', 'sponsor', 'family'];

/** What browsers and search engines request from every site. */
export function wellKnownRoutes(ctx: SiteContext): Hono {
  const app = new Hono();
  cacheable(app, '/favicon.ico', freshness.pictures);
  app.get('/favicon.ico', (c) => {
    const { body, type } = loadAsset('apple-touch-icon.png');
    return c.body(body, 200, { 'content-type': type });
  });
  cacheable(app, '/robots.txt', freshness.documents);
  app.get('/robots.txt', (c) => c.text(robots(ctx.site)));
  cacheable(app, '/sitemap.xml', freshness.documents);
  app.get('/sitemap.xml', async (c) => {
    const slugs = (await recallAllCampaigns(ctx)).map(({ campaign }) => campaign.slug);
    const plain = (await ctx.footerLinks?.()) ?? [];
    const paths = [...pathsOf(slugs), ...plain.map(({ path }) => path)];
    return c.body(String(sitemap(ctx.site, paths)), 200, { 'content-type': 'application/xml' });
  });
  return app;
}

function robots(site: string): string {
  const hidden = secret.flatMap((name) => [`/${name}/`, `/zh/${name}/`]);
  const lines = [...hidden, '/manage$', '/zh/manage$', '/staff', '/api/staff/', '/*?*checkout='].map(
    (path) => `Disallow: ${path}`,
  );
  return ['User-agent: *', ...lines, '', `Sitemap: ${site}/sitemap.xml`, ''].join('\n');
}

/** The English addresses of all public pages. */
function pathsOf(slugs: readonly string[]): string[] {
  const campaigns = slugs.map((slug) => `/campaigns/${slug}`);
  return [
    '/',
    ...campaigns.flatMap((path) => [path, `${path}/supporters`, `${path}/money`]),
    '/give',
    '/privacy',
  ];
}

/** All pages in both languages, each with the addresses of its translations (sitemaps.org; Google's `xhtml:link`). */
function sitemap(site: string, paths: readonly string[]) {
  const languages: readonly Language[] = ['en', 'zh-HK'];
  const addressIn = (language: Language, path: string) => site + localPath(language, path);
  const urls = paths.flatMap((path) =>
    languages.map(
      (language) =>
        html`<url><loc>${addressIn(language, path)}</loc>${languages.map(
          (other) =>
            html`<xhtml:link rel="alternate" hreflang="${htmlLanguage(other)}" href="${addressIn(other, path)}"/>`,
        )}</url>`,
    ),
  );
  return html`${raw('<?xml version="1.0" encoding="UTF-8"?>')}
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${urls}</urlset>
`;
}
