import { type Context, Hono } from 'hono';
import { renderSVG } from 'uqr';
import { recallAllCampaigns, recallCampaign, recallGifts } from '#giving/campaigns/recall-campaigns.ts';
import { formWordsOf } from '#giving/gift-form/form-words.ts';
import { giveWordsOf } from '#giving/gift-form/give-words.ts';
import { readPrefill } from '#giving/gift-form/prefill.ts';
import { readChoices } from '#giving/gift-form/read-choices.ts';
import { parseCursor, toCursor } from '#giving/latest-gifts/gift-cursor.ts';
import { askWhetherPaid, type WhetherPaid } from '#payments/checkout/ask-whether-paid.ts';
import { thanksUrl } from '#payments/checkout/open-session.ts';
import type { Language } from '#platform/charity.ts';
import { Problem } from '#platform/errors.ts';
import { stripeOfRequest } from '#platform/stripe/deadline.ts';
import { cacheable, freshness } from '#platform/web/caching.ts';
import { languageOf, localPath } from '#platform/web/languages.ts';
import { messagePage } from '#platform/web/message-page.tsx';
import { markPrivate } from '#platform/web/private-page.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { campaignListPage } from './campaign-list-page.tsx';
import { campaignPage } from './campaign-page.tsx';
import { campaignWordsOf } from './campaign-words.ts';
import { supportersPage } from './supporters-page.tsx';

/** The pages of campaigns in both languages. */
export function campaignPages(ctx: SiteContext): Hono {
  const app = new Hono();
  for (const prefix of ['', '/zh']) {
    app.get(prefix || '/', async (c) => {
      const views = await recallAllCampaigns(ctx);
      const { demonstration, site } = ctx;
      return c.html(campaignListPage({ views, language: languageOf(c.req.path), demonstration, site }));
    });
    app.get(`${prefix}/campaigns/:slug`, (c) => showCampaign(c.req.param('slug'), c, ctx));
    const qrCode = `${prefix}/campaigns/:slug/qr.svg` as const;
    cacheable(app, qrCode, freshness.pictures);
    app.get(qrCode, (c) => showQrCode(c.req.param('slug'), c, ctx));
    app.get(`${prefix}/campaigns/:slug/supporters`, (c) => showSupporters(c.req.param('slug'), c, ctx));
  }
  return app;
}

async function showCampaign(slug: string, c: Context, ctx: SiteContext): Promise<Response> {
  const view = await recallCampaign(slug, ctx);
  const { demonstration, site } = ctx;
  const language = languageOf(c.req.path);
  const choices = await readChoices(
    { campaign: view.campaign, checkoutId: c.req.query('checkout') },
    { table: ctx.table, now: ctx.clock() },
  );
  if (choices) markPrivate(c);
  const payment =
    choices && ctx.stripe && (await askWhetherPaid(choices.checkout, { stripe: stripeOfRequest(ctx) }));
  if (choices && payment === 'paid') return c.redirect(thanksUrl(choices.checkout), 303);
  const prefill = readPrefill(c.req.query('amount'), c.req.query('frequency'));
  const notice = noticeOf(payment, prefill.monthly, language);
  return c.html(
    campaignPage({
      view,
      language,
      takesCards: ctx.stripe !== undefined,
      demonstration,
      site,
      formKey: ctx.formKey(),
      values: choices?.values ?? prefill.values,
      search: new URL(c.req.url).search,
      ...(notice && { notice }),
    }),
  );
}

/** What the page says first to a donor who came back without paying, or whose link asks for a monthly gift, which is not offered yet. */
function noticeOf(
  cameBack: WhetherPaid | undefined,
  monthly: boolean,
  language: Language,
): string | undefined {
  const words = formWordsOf(language);
  if (cameBack) return cameBack === 'unpaid' ? words.unpaid : words.perhapsPaid;
  return monthly ? giveWordsOf(language).noMonthly : undefined;
}

/** The page's address as a QR code (ISO/IEC 18004, with its quiet zone), for a screen, a poster or a stall. */
async function showQrCode(slug: string, c: Context, ctx: SiteContext): Promise<Response> {
  const { campaign } = await recallCampaign(slug, ctx);
  const address = ctx.site + localPath(languageOf(c.req.path), `/campaigns/${campaign.slug}`);
  return c.body(renderSVG(address, { ecc: 'M', border: 4 }), 200, { 'content-type': 'image/svg+xml' });
}

const giftsAPage = 20;

async function showSupporters(slug: string, c: Context, ctx: SiteContext): Promise<Response> {
  const view = await recallCampaign(slug, ctx);
  const { demonstration, site } = ctx;
  const language = languageOf(c.req.path);
  const text = c.req.query('cursor');
  const cursor = readCursor(slug, text, ctx.clock());
  if (cursor === 'wrong') {
    const words = campaignWordsOf(language);
    const link = { text: words.newest, href: localPath(language, `/campaigns/${slug}/supporters`) };
    const message = { title: words.wrongCursorTitle, detail: words.wrongCursor, link };
    return c.html(messagePage(message, language, demonstration), 404);
  }
  const { data, next } = await recallGifts(
    {
      slug,
      firstMonth: view.firstMonth,
      cursor,
      limit: giftsAPage,
    },
    ctx,
  );
  return c.html(
    supportersPage({
      view,
      gifts: data,
      cursor: text,
      next: next && toCursor(slug, next),
      language,
      demonstration,
      site,
    }),
  );
}

/** A person with an invalid cursor sees a page about it, not the API's problem. */
function readCursor(slug: string, text: string | undefined, now: Date) {
  try {
    return parseCursor(slug, text, now);
  } catch (error) {
    if (error instanceof Problem) return 'wrong';
    throw error;
  }
}
