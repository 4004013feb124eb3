import { type Context, Hono } from 'hono';
import { parseGiftCheckout } from '../checkouts/checkout-request.ts';
import { startGiftCheckout } from '../checkouts/start-checkout.ts';
import type { Language } from '../platform/charity.ts';
import { type FieldError, Problem } from '../platform/errors.ts';
import { parseDollars } from '../platform/money.ts';
import type { SiteDeps } from '../site/app.tsx';
import { languageOf } from '../site/languages.ts';
import { wordsOf } from '../site/words.ts';
import { isSlug } from './campaign.ts';
import { campaignListPage } from './campaign-list-page.tsx';
import { campaignPage } from './campaign-page.tsx';
import type { FormValues } from './give-form.tsx';
import { type CampaignView, readAllCampaigns, readCampaign } from './read-campaigns.ts';

/** The pages of campaigns in both languages, with their form. */
export function campaignPages(deps: SiteDeps): Hono {
  const app = new Hono();
  for (const prefix of ['', '/zh']) {
    app.get(prefix || '/', async (c) => {
      const views = await readAllCampaigns(deps.table, deps.clock());
      return c.html(campaignListPage(views, languageOf(c.req.path), deps.demonstration));
    });
    app.get(`${prefix}/campaigns/:slug`, async (c) => {
      const view = await known(c.req.param('slug'), deps);
      return c.html(showCampaign(view, c, deps));
    });
    app.post(`${prefix}/campaigns/:slug`, (c) => give(c.req.param('slug'), c, deps));
  }
  return app;
}

/**
 * Reads a campaign that must be there.
 * @throws Problem `not-found`
 */
export async function known(slug: string, deps: Pick<SiteDeps, 'table' | 'clock'>): Promise<CampaignView> {
  const view = isSlug(slug) ? await readCampaign(deps.table, slug, deps.clock()) : undefined;
  if (!view) throw new Problem('not-found', 'There is no such campaign.');
  return view;
}

/** Takes the form: to Stripe's page, or back to the form with what was not right. */
async function give(slug: string, c: Context, deps: SiteDeps): Promise<Response> {
  const view = await known(slug, deps);
  const values = await readForm(c);
  try {
    const request = parseGiftCheckout(toRequest(values, languageOf(c.req.path)));
    const idempotencyKey = values.formKey;
    if (!idempotencyKey) throw new Problem('idempotency-key-missing', 'The form came without its key.');
    const caller = { address: deps.addressOf(c), idempotencyKey };
    const { checkoutUrl } = await startGiftCheckout(slug, request, caller, deps);
    return c.redirect(checkoutUrl, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const errors = inWords(error, languageOf(c.req.path));
    if (error.retryAfter !== undefined) c.header('retry-after', String(error.retryAfter));
    return c.html(showCampaign(view, c, deps, values, errors), error.status);
  }
}

/** What was not right, in the giver's language, at the field it concerns; what concerns none stands at the amount. */
function inWords(problem: Problem, language: Language): FieldError[] {
  const words = wordsOf(language);
  const sentences: Readonly<Record<string, string>> = {
    '/amount': words.wrongAmount,
    '/name': words.wrongName,
    '/email': words.wrongEmail,
    '/message': words.wrongMessage,
  };
  if (problem.code === 'too-many-checkouts') return [{ pointer: '/amount', detail: words.tooMany }];
  if (problem.errors.length === 0) return [{ pointer: '/amount', detail: words.failed }];
  return problem.errors.map(({ pointer }) => ({ pointer, detail: sentences[pointer] ?? words.failed }));
}

function showCampaign(
  view: CampaignView,
  c: Context,
  deps: SiteDeps,
  values?: FormValues,
  errors?: Problem['errors'],
) {
  return campaignPage({
    view,
    language: languageOf(c.req.path),
    demonstration: deps.demonstration,
    formKey: deps.formKey(),
    ...(values && { values }),
    ...(errors && { errors }),
  });
}

const largestForm = 65_536;

async function readForm(c: Context): Promise<FormValues> {
  const text = await c.req.text();
  if (text.length > largestForm) throw new Problem('body-too-large', 'The form is too large.');
  return Object.fromEntries(new URLSearchParams(text));
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
    email: values.email ?? '',
    language,
    hideName: values.hideName === 'yes',
    hideAmount: values.hideAmount === 'yes',
    marketingConsent: values.marketingConsent === 'yes',
    ...(values.message?.trim() && { message: values.message }),
  };
}
