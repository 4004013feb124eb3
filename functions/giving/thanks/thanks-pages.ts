import { type Context, Hono } from 'hono';
import { readCampaign } from '#giving/campaigns/read-campaigns.ts';
import { slipIn } from '#giving/gift-form/address-slip.ts';
import { Problem } from '#platform/errors.ts';
import { languageOf, localPath } from '#platform/web/languages.ts';
import { markPrivate } from '#platform/web/private-page.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { correctAddress } from './correct-address.ts';
import type { AddressError } from './mail-and-address.tsx';
import { readThanks } from './read-thanks.ts';
import { thanksPage } from './thanks-page.tsx';

/** Seconds until the page reloads: short at first, then longer; about four minutes in all. */
const pauses = [2, 2, 3, 4, 6, 8, 12, 16, 24, 32, 45, 60] as const;
/** An address and its field's name in a form, where percent-encoding can triple the length. Bytes. */
const largestForm = 4096;

/** The page after paying, and correcting the address there. */
export function thanksPages(ctx: SiteContext): Hono {
  const app = new Hono();
  for (const prefix of ['', '/zh']) {
    app.get(`${prefix}/thanks/:checkoutId`, (c) => show(c.req.param('checkoutId'), c, ctx));
    app.post(`${prefix}/thanks/:checkoutId/address`, (c) => correct(c.req.param('checkoutId'), c, ctx));
  }
  return app;
}

async function show(
  id: string,
  c: Context,
  ctx: SiteContext,
  addressError?: AddressError,
): Promise<Response> {
  const now = ctx.clock();
  const thanks = await readThanks(id, { table: ctx.table, now });
  if (!thanks) throw notFound();
  const language = languageOf(c.req.path);
  const looked = Number(/^\d{1,2}$/.exec(c.req.query('look') ?? '0')?.[0] ?? pauses.length);
  const pause = thanks.checkout.status === 'open' && c.req.method === 'GET' ? pauses[looked] : undefined;
  // A header and not an element: the count of reloads belongs to the address, not to the page's content.
  if (pause) {
    c.header('refresh', `${pause};url=${localPath(language, `/thanks/${id}`)}?look=${looked + 1}`);
  }
  markPrivate(c);
  const { status, subject } = thanks.checkout;
  const wasPaid = status === 'paid' || status === 'refunded';
  const html = thanksPage({
    thanks,
    view:
      wasPaid && subject.kind === 'campaign'
        ? await readCampaign(subject.slug, { table: ctx.table, now })
        : undefined,
    language,
    demonstration: ctx.demonstration,
    site: ctx.site,
    now,
    looksAgain: pause !== undefined,
    ...(addressError && { addressError }),
  });
  return c.html(html, addressError ? ('typed' in addressError ? 422 : 409) : 200);
}

async function correct(id: string, c: Context, ctx: SiteContext): Promise<Response> {
  const text = await c.req.text();
  if (text.length > largestForm) throw new Problem('body-too-large', 'The form is too large.');
  const form = new URLSearchParams(text);
  const answer = form.get('emailAnswer');
  const typed = answer ?? form.get('email') ?? '';
  const given = { given: typed, isSure: answer !== null };
  const corrected = await correctAddress({ checkoutId: id, ...given }, ctx);
  switch (corrected) {
    case 'corrected':
      return c.redirect(localPath(languageOf(c.req.path), `/thanks/${id}`), 303);
    case 'wrong-address':
      return show(id, c, ctx, { kind: 'wrong-address', typed });
    case 'slip':
      return show(id, c, ctx, { kind: 'slip', typed, meant: slipIn(typed) ?? typed });
    case 'unknown':
      throw notFound();
    default:
      return show(id, c, ctx, { kind: corrected });
  }
}

function notFound(): Problem {
  return new Problem('not-found', 'There is no such checkout.');
}
