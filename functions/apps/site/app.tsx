import type { Context } from 'hono';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { docsStyles } from '#apps/api-document/docs-styles.ts';
import { type DocumentContext, openApiRoutes } from '#apps/api-document/openapi-routes.ts';
import { publicEndpoints } from '#apps/public-api/endpoints.ts';
import { campaignPages } from '#giving/campaign-pages/campaign-pages.ts';
import { checkoutForm } from '#giving/campaign-pages/gift-form-pages.ts';
import { previewPages } from '#giving/campaign-pages/preview-pages.ts';
import { complaintPages } from '#giving/complaints/complaint-pages.ts';
import { moneyPages } from '#giving/money-page/money-pages.ts';
import { plainPages } from '#giving/plain-pages/public-plain-pages.ts';
import { promisePages } from '#giving/promises/promise-pages.ts';
import { thanksPages } from '#giving/thanks/thanks-pages.ts';
import { Problem } from '#platform/errors.ts';
import { problemOf } from '#platform/http/requests.ts';
import { withSettings } from '#platform/settings.ts';
import { answerInTime } from '#platform/web/answer-in-time.ts';
import { serveAsset } from '#platform/web/assets.ts';
import { cacheable, freshness, noStoreUnlessSaid, variesWhereCompressed } from '#platform/web/caching.ts';
import { withFooterLinks } from '#platform/web/footer-links.ts';
import { languageOf } from '#platform/web/languages.ts';
import { messagePage } from '#platform/web/message-page.tsx';
import { servePublicly } from '#platform/web/public-endpoint.ts';
import { refuseForeignForms } from '#platform/web/refuse-foreign-forms.ts';
import { securityHeaders } from '#platform/web/security-headers.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { type Words, wordsOf } from '#platform/web/words.ts';
import { methodsAt, toCanonicalAddress } from './addresses.ts';
import { privacyPages } from './privacy-page.tsx';
import { wellKnownRoutes } from './well-known.ts';

export function createSiteApp(ctx: SiteContext & DocumentContext): Hono {
  const app = new Hono();
  // API Gateway does not compress: without this a phone would load the pages in full size.
  app.use(compress());
  app.use(answerInTime(ctx.answerTime));
  app.use(async (c, next) => {
    // Pictures and styles say nothing of the charity.
    const isFile = c.req.path.startsWith('/assets/');
    await withSettings(isFile ? undefined : await ctx.settings?.(), next);
  });
  app.use(securityHeaders({ site: ctx.site, docsStyles }), noStoreUnlessSaid, variesWhereCompressed);
  app.use(refuseForeignForms(ctx), toCanonicalAddress);
  app.use(withFooterLinks(ctx.footerLinks));
  for (const path of ['/', '/zh']) cacheable(app, path, freshness.totals);
  app.route('/', campaignPages(ctx));
  app.route('/', checkoutForm(ctx));
  app.route('/', previewPages(ctx));
  app.route('/', moneyPages(ctx));
  app.route('/', promisePages(ctx));
  app.route('/', complaintPages(ctx));
  app.route('/', servePublicly(publicEndpoints, ctx));
  app.route('/', openApiRoutes(ctx));
  app.route('/', thanksPages(ctx));
  app.get('/assets/:file', serveAsset);
  app.route('/', plainPages(ctx));
  app.route('/', privacyPages(ctx));
  app.route('/', wellKnownRoutes(ctx));
  app.notFound((c) => unanswered(c, ctx));
  app.onError((error, c) => failed(c, error, ctx));
  return app;
}

/** Answers requests that no route takes: a wrong method at a known address, OPTIONS, or an unknown address. */
async function unanswered(c: Context, ctx: SiteContext): Promise<Response> {
  const methods = methodsAt(c.req.path);
  if (methods.length === 0) {
    return failed(c, new Problem('not-found', 'There is nothing at this address.'), ctx, asksForPage(c));
  }
  const allow = methods.join(', ');
  if (c.req.method === 'OPTIONS') return c.body(null, 204, { allow });
  const refused = new Problem('method-not-allowed', `This address takes ${allow}.`);
  const answer = await failed(c, refused, ctx);
  answer.headers.set('allow', allow);
  return answer;
}

/**
 * Answers a failure: with a problem on the API and to programs, with a page elsewhere. The message of an unknown error never goes out.
 */
function failed(
  c: Context,
  error: Error,
  ctx: SiteContext,
  asPage = asksForPage(c) && !c.req.path.startsWith('/api/'),
): Response | Promise<Response> {
  const problem = problemOf(error, c);
  const answer = problem.toResponse();
  if (!asPage) return answer;
  const language = languageOf(c.req.path);
  const words = wordsOf(language);
  const text = textOf(problem, words);
  for (const [name, value] of answer.headers) if (name === 'retry-after') c.header(name, value);
  return c.html(messagePage(text, language, ctx.demonstration), problem.status);
}

/** Whether a person's browser asks: its headers say so, or it asks for the address of a page and not only for other types. */
function asksForPage(c: Context): boolean {
  const accept = c.req.header('accept') ?? '';
  if (/\btext\/html\b/i.test(accept)) return true;
  return !/^\/(?:api|assets)\//.test(c.req.path) && !/\bjson\b/i.test(accept);
}

function textOf({ code, status }: Problem, words: Words): { title: string; detail: string } {
  if (code === 'not-found') return { title: words.notFoundTitle, detail: words.notFound };
  if (code === 'forbidden') return { title: words.refusedTitle, detail: words.foreignForm };
  if (status < 500) return { title: words.refusedTitle, detail: words.refused };
  return { title: words.failedTitle, detail: words.failed };
}
