import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type Stripe from 'stripe';
import { campaignPages } from '../campaigns/campaign-pages.ts';
import { campaignRoutes } from '../campaigns/campaign-routes.ts';
import { checkoutRoutes } from '../checkouts/checkout-routes.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import type { KeyedHash } from '../platform/ids.ts';
import { errorFields, log } from '../platform/log.ts';
import type { Table } from '../table/table.ts';
import { assets } from './assets.ts';
import { languageOf } from './languages.ts';
import { messagePage } from './message-page.tsx';
import { styles } from './styles.ts';
import { wordsOf } from './words.ts';

/** What the site needs from the outside. */
export interface SiteDeps {
  readonly table: Table;
  readonly stripe: () => Promise<Stripe>;
  readonly hash: () => Promise<KeyedHash>;
  readonly clock: Clock;
  /** Without a trailing slash. */
  readonly site: string;
  /** Whether Stripe is in test mode, so that no money is taken. */
  readonly demonstration: boolean;
  /** The address a request came from. */
  readonly addressOf: (c: Context) => string;
  /** A fresh random text for a form. */
  readonly formKey: () => string;
}

const styleHash = createHash('sha256').update(styles).digest('base64');

/** What a page may load and where its form may lead: nothing foreign but Stripe's page, on the laptop the local one. */
function contentSecurityPolicy(demonstration: boolean): string {
  const stripe = demonstration
    ? 'https://checkout.stripe.com http://127.0.0.1:* http://localhost:*'
    : 'https://checkout.stripe.com';
  return [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "img-src 'self'",
    `form-action 'self' ${stripe}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** Pages and JSON API for givers. */
export function createSiteApp(deps: SiteDeps): Hono {
  const app = new Hono();
  const policy = contentSecurityPolicy(deps.demonstration);
  app.use(async (c, next) => {
    await next();
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'strict-origin-when-cross-origin');
    if (c.res.headers.get('content-type')?.startsWith('text/html')) {
      c.header('content-security-policy', policy);
      c.header('cache-control', 'no-store');
    }
  });
  app.route('/', campaignPages(deps));
  app.route('/', campaignRoutes(deps));
  app.route('/', checkoutRoutes(deps));
  app.get('/assets/:file', (c) => {
    const asset = Object.hasOwn(assets, c.req.param('file')) ? assets[c.req.param('file')] : undefined;
    if (!asset) throw new Problem('not-found', 'There is no such file.');
    return c.body(asset.body, 200, { 'content-type': asset.type, 'cache-control': 'public, max-age=86400' });
  });
  app.notFound((c) => failed(c, new Problem('not-found', 'There is nothing at this address.'), deps));
  app.onError((error, c) => failed(c, error, deps));
  return app;
}

/** Answers what went wrong: as a problem on the API, as a page elsewhere. An unknown error's message never goes out. */
function failed(c: Context, error: Error, deps: SiteDeps): Response | Promise<Response> {
  if (!(error instanceof Problem)) log('error', 'request-failed', errorFields(error));
  const problem =
    error instanceof Problem ? error : new Problem('internal', 'The request could not be worked on.');
  const answer = problem.toResponse();
  if (c.req.path.startsWith('/api/') || c.req.path.startsWith('/assets/')) return answer;
  const language = languageOf(c.req.path);
  const words = wordsOf(language);
  const text =
    problem.code === 'not-found'
      ? { title: words.notFoundTitle, detail: words.notFound }
      : { title: words.failedTitle, detail: words.failed };
  for (const [name, value] of answer.headers) if (name === 'retry-after') c.header(name, value);
  return c.html(messagePage(text, language, deps.demonstration), problem.status);
}
