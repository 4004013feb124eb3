import type { Context } from 'hono';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type Stripe from 'stripe';
import { campaignPages } from '../campaigns/campaign-pages.ts';
import { campaignRoutes } from '../campaigns/campaign-routes.ts';
import { checkoutForm } from '../checkouts/checkout-form.ts';
import { checkoutRoutes } from '../checkouts/checkout-routes.ts';
import { thanksRoutes } from '../checkouts/thanks-routes.ts';
import { problemOf } from '../http/requests.ts';
import { moneyRoutes } from '../money/money-routes.ts';
import { openApiRoutes } from '../openapi/openapi-routes.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import type { KeyedHash } from '../platform/ids.ts';
import type { Table } from '../table/table.ts';
import { cacheable, freshness, noStoreUnlessSaid } from './caching.ts';
import { languageOf } from './languages.ts';
import { messagePage } from './message-page.tsx';
import { securityHeaders } from './security-headers.ts';
import { serveAsset } from './serve-asset.ts';
import { type Words, wordsOf } from './words.ts';

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

/** Pages and JSON API for givers. */
export function createSiteApp(deps: SiteDeps): Hono {
  const app = new Hono();
  // API Gateway sends what it is given: nothing else on the way to a phone makes the pages small.
  app.use(compress());
  app.use(securityHeaders(deps), noStoreUnlessSaid);
  for (const path of ['/', '/zh']) cacheable(app, path, freshness.totals);
  app.route('/', campaignPages(deps));
  app.route('/', checkoutForm(deps));
  app.route('/', campaignRoutes(deps));
  app.route('/', moneyRoutes(deps));
  app.route('/', checkoutRoutes(deps));
  app.route('/', openApiRoutes(deps));
  app.route('/', thanksRoutes(deps));
  app.get('/assets/:file', serveAsset);
  app.notFound((c) => failed(c, new Problem('not-found', 'There is nothing at this address.'), deps));
  app.onError((error, c) => failed(c, error, deps));
  return app;
}

/** Answers what went wrong: as a problem on the API, as a page elsewhere. An unknown error's message never goes out. */
function failed(c: Context, error: Error, deps: SiteDeps): Response | Promise<Response> {
  const problem = problemOf(error);
  const answer = problem.toResponse();
  if (c.req.path.startsWith('/api/') || c.req.path.startsWith('/assets/')) return answer;
  const language = languageOf(c.req.path);
  const words = wordsOf(language);
  const text = textOf(problem, words);
  for (const [name, value] of answer.headers) if (name === 'retry-after') c.header(name, value);
  return c.html(messagePage(text, language, deps.demonstration), problem.status);
}

function textOf({ code, status }: Problem, words: Words): { title: string; detail: string } {
  if (code === 'not-found') return { title: words.notFoundTitle, detail: words.notFound };
  if (status < 500) return { title: words.refusedTitle, detail: words.refused };
  return { title: words.failedTitle, detail: words.failed };
}
