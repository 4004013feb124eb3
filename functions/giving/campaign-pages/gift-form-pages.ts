import { type Context, Hono } from 'hono';
import { publicCampaign } from '#giving/campaigns/read-campaigns.ts';
import { SlipProblem, slipIn } from '#giving/gift-form/address-slip.ts';
import { parseGiftCheckout } from '#giving/gift-form/checkout-request.ts';
import type { FormValues } from '#giving/gift-form/form-values.ts';
import { inWords, isAmountTyped } from '#giving/gift-form/problem-words.ts';
import { startFromForm } from '#giving/gift-form/start-from-form.ts';
import { isGiftAmount } from '#payments/checkout/gift-amount.ts';
import type { Language } from '#platform/charity.ts';
import { type FieldError, Problem } from '#platform/errors.ts';
import { hasVisible } from '#platform/http/fields.ts';
import { readBody } from '#platform/http/requests.ts';
import { readAmount } from '#platform/read-amount.ts';
import { stripeOfRequest } from '#platform/stripe/deadline.ts';
import { languageOf } from '#platform/web/languages.ts';
import { markPrivate } from '#platform/web/private-page.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { campaignPage } from './campaign-page.tsx';

/** The form of a campaign's page, in both languages: it starts the same checkout as the JSON API. */
export function checkoutForm(ctx: SiteContext): Hono {
  const app = new Hono();
  for (const prefix of ['', '/zh']) {
    app.post(`${prefix}/campaigns/:slug`, (c) => give(c.req.param('slug'), c, ctx));
  }
  return app;
}

/** Takes the form: leads to Stripe's page, to the thanks if it was paid before, or back to the form with what was wrong. */
async function give(slug: string, c: Context, ctx: SiteContext): Promise<Response> {
  const language = languageOf(c.req.path);
  let values: FormValues = {};
  try {
    values = withAnswer(await readForm(c));
    const stripe = stripeOfRequest(ctx);
    const request = toRequest(values, language);
    askAboutSlip(values, request);
    const form = { address: ctx.addressOf(c), key: keyOf(values, ctx), replaces: values.checkout };
    const started = await startFromForm({ slug, body: request, form }, { ...ctx, stripe });
    return c.redirect(started.url, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'not-found') throw error;
    const view = await publicCampaign(slug, { table: ctx.table, now: ctx.clock() });
    markPrivate(c);
    if (error.retryAfter !== undefined) c.header('retry-after', String(error.retryAfter));
    const shown = withOneAmount(values);
    const page = campaignPage({
      view,
      language,
      takesCards: ctx.stripe !== undefined,
      demonstration: ctx.demonstration,
      site: ctx.site,
      // The same key, so that a retry continues the same checkout.
      formKey: keyOf(values, ctx),
      values: error instanceof SlipProblem ? { ...shown, meantEmail: error.meant } : shown,
      ...inWords(error, language, shown),
    });
    return c.html(page, error.status);
  }
}

/** The form's key; a form without a usable key gets a new one. */
function keyOf(values: FormValues, ctx: SiteContext): string {
  const key = values.formKey ?? '';
  return /^[\x20-\x7e]{1,200}$/.test(key) ? key : ctx.formKey();
}

async function readForm(c: Context): Promise<FormValues> {
  return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await readBody(c))));
}

/**
 * Leaves one amount chosen. A valid typed amount becomes a choice of its own: left in its field it would override a level that the
 * donor chooses afterwards. An invalid one stays in its field to be corrected, and then no level appears chosen.
 */
function withOneAmount(values: FormValues): FormValues {
  if (!isAmountTyped(values)) return { ...values, otherAmount: '' };
  const read = readAmount(values.otherAmount ?? '');
  if ('cents' in read && isGiftAmount(read.cents)) {
    return { ...values, amount: String(read.cents), otherAmount: '' };
  }
  return { ...values, amount: 'other' };
}

/** The form as a request of the JSON API. */
function toRequest(values: FormValues, language: Language): unknown {
  return {
    amount: amountOf(values),
    frequency: 'once',
    name: values.name ?? '',
    email: values.email ?? '',
    language,
    hideName: values.hideName === 'yes',
    hideAmount: values.hideAmount === 'yes',
    marketingConsent: values.marketingConsent === 'yes',
    ...(values.coverFee === 'yes' && { coverFee: true }),
    ...(hasVisible(values.displayName) && { displayName: values.displayName }),
    ...(values.message?.trim() && { message: values.message }),
    ...(hasVisible(values.receiptName) && { receiptName: values.receiptName }),
    ...(values.again === 'yes' && { again: true }),
  };
}

/** Minor units; undefined when there is no amount. A typed amount counts, even when the donor did not select "another amount". */
function amountOf(values: FormValues): number | undefined {
  if (!isAmountTyped(values)) return Number(values.amount);
  const read = readAmount(values.otherAmount ?? '');
  return 'cents' in read ? read.cents : undefined;
}

/**
 * Puts the donor's answer about a likely typing error into the address field. A posted `meantEmail` is dropped: only the server asks
 * the question.
 */
function withAnswer({ meantEmail: _, emailAnswer, ...values }: FormValues): FormValues {
  return emailAnswer ? { ...values, email: emailAnswer, emailKept: emailAnswer } : values;
}

/**
 * Asks once about an address whose domain is likely a typing error: whichever answer the donor sends is accepted and kept with the
 * form.
 * @throws SlipProblem with everything else that is wrong
 */
function askAboutSlip({ email = '', emailKept }: FormValues, request: unknown): void {
  const meant = emailKept === email ? undefined : slipIn(email);
  if (meant) throw new SlipProblem(meant, faultsOf(request));
}

function faultsOf(request: unknown): readonly FieldError[] {
  try {
    parseGiftCheckout(request);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
}
