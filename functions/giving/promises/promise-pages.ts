import { type Context, Hono } from 'hono';
import { findCampaign } from '#giving/campaigns/read-campaigns.ts';
import { recallAllCampaigns } from '#giving/campaigns/recall-campaigns.ts';
import type { FormValues } from '#giving/gift-form/form-values.ts';
import { inWords } from '#giving/gift-form/problem-words.ts';
import type { Language } from '#platform/charity.ts';
import { type FieldError, Problem } from '#platform/errors.ts';
import { hasVisible } from '#platform/http/fields.ts';
import { readBody } from '#platform/http/requests.ts';
import { isCheckoutId } from '#platform/id-shapes.ts';
import { formatMoney, largestPayment } from '#platform/money.ts';
import { readAmount } from '#platform/read-amount.ts';
import { languageOf, localPath } from '#platform/web/languages.ts';
import { markPrivate } from '#platform/web/private-page.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { makePromise, readPromise } from './make-promise.ts';
import { otherWaysPage, promisePage } from './promise-page.tsx';
import { promiseWordsOf } from './promise-words.ts';

/** The ways to give without Stripe, and a donor's promise to use one of them. */
export function promisePages(ctx: SiteContext): Hono {
  const app = new Hono();
  for (const prefix of ['', '/zh']) {
    app.get(`${prefix}/give`, (c) => showWays(c, ctx, { values: { slug: c.req.query('campaign') ?? '' } }));
    app.post(`${prefix}/give`, (c) => promise(c, ctx));
    app.get(`${prefix}/give/:checkoutId`, (c) => showPromise(c.req.param('checkoutId'), c, ctx));
  }
  return app;
}

async function showWays(
  c: Context,
  ctx: SiteContext,
  {
    values,
    errors = [],
    notice,
    formKey = ctx.formKey(),
  }: {
    readonly values: FormValues;
    readonly errors?: readonly FieldError[] | undefined;
    readonly notice?: string | undefined;
    readonly formKey?: string;
  },
  status: 200 | Problem['status'] = 200,
): Promise<Response> {
  const views = (await recallAllCampaigns(ctx)).filter(({ state }) => state === 'open');
  const { demonstration, site } = ctx;
  const language = languageOf(c.req.path);
  return c.html(
    otherWaysPage({
      views,
      takesCards: ctx.stripe !== undefined,
      formKey,
      values,
      errors,
      notice,
      language,
      demonstration,
      site,
    }),
    status,
  );
}

async function promise(c: Context, ctx: SiteContext): Promise<Response> {
  const language = languageOf(c.req.path);
  let values: FormValues = {};
  try {
    values = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await readBody(c))));
    const made = await makePromise(
      { body: toRequest(values, language), address: ctx.addressOf(c), key: values.formKey ?? ctx.formKey() },
      { table: ctx.table, hash: await ctx.hash(), now: ctx.clock(), site: ctx.site },
    );
    return c.redirect(localPath(language, `/give/${made.checkoutId}`), 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'not-found') throw error;
    markPrivate(c);
    if (error.retryAfter !== undefined) c.header('retry-after', String(error.retryAfter));
    const shown = { ...values, amount: 'other' };
    const { errors = [], notice } = inWords(error, language, shown);
    const formKey = values.formKey ?? ctx.formKey();
    const asHere = errors.map((each) => withoutCard(each, values, language));
    return showWays(c, ctx, { values, errors: asHere, notice, formKey }, error.status);
  }
}

/** The gift form's sentences about an amount speak of amounts to choose and of cards: here there are none. */
function withoutCard(error: FieldError, { otherAmount = '' }: FormValues, language: Language): FieldError {
  if (error.pointer !== '/otherAmount') return error;
  const words = promiseWordsOf(language);
  const read = readAmount(otherAmount);
  if ('fault' in read) return read.fault === 'empty' ? { ...error, detail: words.amountEmpty } : error;
  if (read.cents <= largestPayment) return error;
  return { ...error, detail: words.amountTooLarge(formatMoney(largestPayment, 'hkd')) };
}

function toRequest(values: FormValues, language: Language): unknown {
  const read = readAmount(values.otherAmount ?? '');
  return {
    slug: values.slug ?? '',
    amount: 'cents' in read ? read.cents : undefined,
    way: values.way,
    name: values.name ?? '',
    email: values.email ?? '',
    language,
    ...(hasVisible(values.displayName) && { displayName: values.displayName }),
    ...(hasVisible(values.receiptName) && { receiptName: values.receiptName }),
  };
}

async function showPromise(id: string, c: Context, ctx: SiteContext): Promise<Response> {
  const { table, demonstration, site } = ctx;
  const found = isCheckoutId(id) ? await readPromise(id, { table }) : undefined;
  if (!found) throw new Problem('not-found', 'There is no such promise.');
  markPrivate(c);
  const language = languageOf(c.req.path);
  const campaign = (await findCampaign(found.fund, { table }))?.title[language] ?? found.fund;
  return c.html(promisePage({ promise: found, campaign, language, demonstration, site }));
}
