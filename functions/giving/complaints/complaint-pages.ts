import { type Context, Hono } from 'hono';
import type { FormValues } from '#giving/gift-form/form-values.ts';
import { inWords } from '#giving/gift-form/problem-words.ts';
import type { Language } from '#platform/charity.ts';
import { type FieldError, Problem } from '#platform/errors.ts';
import { hasVisible } from '#platform/http/fields.ts';
import { readBody } from '#platform/http/requests.ts';
import { languageOf, localPath } from '#platform/web/languages.ts';
import { markPrivate } from '#platform/web/private-page.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { complaintPage } from './complaint-page.tsx';
import { complaintWordsOf } from './complaint-words.ts';
import { longestComplaint, longestContact, receiveComplaint } from './receive-complaint.ts';

/** The page on which people complain, in both languages. */
export function complaintPages(ctx: SiteContext): Hono {
  const app = new Hono();
  for (const prefix of ['', '/zh']) {
    app.get(`${prefix}/complaint`, (c) =>
      show(c, ctx, { isReceived: c.req.query('received') === 'yes', values: {} }),
    );
    app.post(`${prefix}/complaint`, (c) => take(c, ctx));
  }
  return app;
}

interface Shown {
  readonly isReceived?: boolean;
  readonly values: FormValues;
  readonly errors?: readonly FieldError[];
  readonly notice?: string | undefined;
}

function show(
  c: Context,
  ctx: SiteContext,
  { isReceived = false, values, errors = [], notice }: Shown,
  status: 200 | Problem['status'] = 200,
): Response | Promise<Response> {
  const { demonstration, site } = ctx;
  const filled = {
    ...{ values, errors, formKey: values.formKey ?? ctx.formKey() },
    most: { text: longestComplaint, contact: longestContact },
  };
  const language = languageOf(c.req.path);
  return c.html(complaintPage({ isReceived, notice, filled, language, demonstration, site }), status);
}

async function take(c: Context, ctx: SiteContext): Promise<Response> {
  const language = languageOf(c.req.path);
  let values: FormValues = {};
  markPrivate(c);
  try {
    values = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await readBody(c))));
    await receiveComplaint(
      { body: toRequest(values, language), address: ctx.addressOf(c), key: values.formKey ?? ctx.formKey() },
      { table: ctx.table, hash: await ctx.hash(), now: ctx.clock() },
    );
    return c.redirect(`${localPath(language, '/complaint')}?received=yes`, 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.retryAfter !== undefined) c.header('retry-after', String(error.retryAfter));
    const errors = error.errors.map((each) => inOwnWords(each, values, language));
    const notice = errors.length > 0 ? undefined : inWords(error, language, values).notice;
    return show(c, ctx, { values, errors, notice }, error.status);
  }
}

function toRequest({ text, contact, about }: FormValues, language: Language): unknown {
  return {
    text: text ?? '',
    language,
    ...(hasVisible(contact) && { contact: contact.trim() }),
    ...(about && { about }),
  };
}

function inOwnWords({ pointer, detail }: FieldError, { text }: FormValues, language: Language): FieldError {
  const words = complaintWordsOf(language);
  const details: Readonly<Record<string, string>> = {
    '/text': hasVisible(text) ? words.tooLong(longestComplaint) : words.empty,
    '/contact': words.tooLong(longestContact),
    '/about': words.wrongAbout,
  };
  return { pointer, detail: details[pointer] ?? detail };
}
