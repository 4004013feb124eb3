import { type Context, Hono } from 'hono';
import { campaignPage } from '../campaigns/campaign-page.tsx';
import type { FormValues } from '../campaigns/give-form.tsx';
import { knownCampaign } from '../campaigns/read-campaigns.ts';
import { hasVisible } from '../http/fields.ts';
import { readBody } from '../http/requests.ts';
import type { Language } from '../platform/charity.ts';
import { Problem } from '../platform/errors.ts';
import { largestGift, parseDollars, smallestGift } from '../platform/money.ts';
import type { SiteDeps } from '../site/app.tsx';
import { languageOf } from '../site/languages.ts';
import { markPrivate } from '../site/private-page.ts';
import { stripeOfRequest } from '../stripe/deadline.ts';
import { inWords } from './form-problems.ts';
import { startFromForm } from './start-from-form.ts';

/** The form of a campaign's page, in both languages: it starts the checkout that the JSON API would. */
export function checkoutForm(deps: SiteDeps): Hono {
  const app = new Hono();
  for (const prefix of ['', '/zh']) {
    app.post(`${prefix}/campaigns/:slug`, (c) => give(c.req.param('slug'), c, deps));
  }
  return app;
}

/** Takes the form: to Stripe's page, to the thanks if it was paid before, or back to the form with what was not right. */
async function give(slug: string, c: Context, deps: SiteDeps): Promise<Response> {
  const language = languageOf(c.req.path);
  const stripe = stripeOfRequest(deps);
  let values: FormValues = {};
  try {
    values = await readForm(c);
    const form = { address: deps.addressOf(c), key: keyOf(values, deps), replaces: values.checkout };
    const started = await startFromForm(slug, toRequest(values, language), form, { ...deps, stripe });
    return c.redirect(started.url, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'not-found') throw error;
    const view = await knownCampaign(deps.table, slug, deps.clock());
    markPrivate(c);
    if (error.retryAfter !== undefined) c.header('retry-after', String(error.retryAfter));
    const shown = campaignPage({
      view,
      language,
      demonstration: deps.demonstration,
      site: deps.site,
      // The same key, so that a retry goes on with the same checkout.
      formKey: keyOf(values, deps),
      values: typedAsChoice(values),
      ...inWords(error, language, values),
    });
    return c.html(shown, error.status);
  }
}

/** The form's key; one that came without a usable key gets a fresh one. */
function keyOf(values: FormValues, deps: SiteDeps): string {
  const key = values.formKey ?? '';
  return /^[\x20-\x7e]{1,200}$/.test(key) ? key : deps.formKey();
}

async function readForm(c: Context): Promise<FormValues> {
  return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await readBody(c))));
}

/** Shows a typed amount that can be given as a choice of its own: left in its field it would win over a level chosen afterwards. */
function typedAsChoice(values: FormValues): FormValues {
  const cents = parseDollars(values.otherAmount ?? '');
  if (cents === undefined || cents < smallestGift || cents > largestGift) return values;
  return { ...values, amount: String(cents), otherAmount: '' };
}

/** What the form says, as the JSON API would. */
function toRequest(values: FormValues, language: Language): unknown {
  const chosen = values.amount;
  // An amount that was typed is meant, also when the choice beside it was not moved.
  const typed = values.otherAmount?.trim() || (chosen === 'other' ? '' : undefined);
  return {
    amount: typed === undefined ? Number(chosen) : parseDollars(typed),
    frequency: 'once',
    name: values.name ?? '',
    email: (values.email ?? '').trim(),
    language,
    hideName: values.hideName === 'yes',
    hideAmount: values.hideAmount === 'yes',
    marketingConsent: values.marketingConsent === 'yes',
    ...(values.coverFee === 'yes' && { coverFee: true }),
    ...(hasVisible(values.displayName) && { displayName: values.displayName }),
    ...(values.message?.trim() && { message: values.message }),
    ...(values.again === 'yes' && { again: true }),
  };
}
