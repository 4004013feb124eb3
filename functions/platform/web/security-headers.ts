import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { isPrivate } from './private-page.ts';
import { styles as siteStyles } from './styles.ts';

/** A site, as far as its headers depend on it. */
interface Place {
  /** The site's address, without a trailing slash. */
  readonly site: string;
  /** The style of the page that describes the API. */
  readonly docsStyles: string;
}

/** What an answer is to a browser: each kind has a row in the table below. */
type Kind = 'page' | 'secret-page' | 'docs' | 'public-file' | 'other';

/** On every answer. */
const always = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/**
 * No other site learns an address with a secret in it. `no-referrer` would hide it as well, but makes browsers send forms,
 * also those that are redirected, with `Origin: null`.
 */
const referrer = { tell: 'strict-origin-when-cross-origin', hide: 'same-origin' };

/** All security headers by the kind of answer. */
function tableFor({ site, docsStyles }: Place): Record<Kind, Record<string, string>> {
  const transport = transportFor(site);
  const row = (policy: string, referrerPolicy: string, resources: 'same-origin' | 'cross-origin') => ({
    ...always,
    ...transport,
    'content-security-policy': policy,
    'referrer-policy': referrerPolicy,
    'cross-origin-resource-policy': resources,
  });
  const page = pagePolicy([siteStyles], `'self' ${paymentPages(site)}`);
  return {
    page: row(page, referrer.tell, 'same-origin'),
    'secret-page': row(page, referrer.hide, 'same-origin'),
    docs: row(pagePolicy([docsStyles], "'none'"), referrer.tell, 'same-origin'),
    'public-file': row(nothingPolicy, referrer.hide, 'cross-origin'),
    other: row(nothingPolicy, referrer.hide, 'same-origin'),
  };
}

/**
 * The same for the desk: whatever it answers is one person's, and a preview is a page of the site. Its forms lead to the desk alone, but for a photo, which goes to the bucket; the way to the issuer is never a
 * form's.
 *
 * @param styles the style of its pages
 */
export function deskHeaders({ site, styles }: { readonly site: string; readonly styles: string }) {
  const transport = transportFor(site);
  return createMiddleware<{ Variables: { formsTo?: string } }>(async (c, next) => {
    await next();
    const isPage = c.res.headers.get('content-type')?.startsWith('text/html');
    const policy = isPage
      ? pagePolicy([styles, siteStyles], ["'self'", c.get('formsTo')].filter(Boolean).join(' '))
      : nothingPolicy;
    const headers = {
      ...always,
      ...transport,
      'content-security-policy': policy,
      'referrer-policy': referrer.hide,
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    };
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
  });
}

/** A browser on the laptop would otherwise ask 127.0.0.1 for HTTPS, for a year. */
function transportFor(site: string): Record<string, string> {
  return site.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {};
}

const nothingPolicy = "default-src 'none'; frame-ancestors 'none'";

/** A page shows its own style and our pictures, and its forms lead here or to the payment page. */
function pagePolicy(styles: readonly string[], forms: string): string {
  const hashes = styles.map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  return [
    "default-src 'none'",
    `style-src ${hashes.join(' ')}`,
    "img-src 'self'",
    `form-action ${forms}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** Browsers hold `form-action` against redirects too: the form's answer leads to Stripe's page, on the laptop the local one. */
function paymentPages(site: string): string {
  return site.startsWith('http:')
    ? 'https://checkout.stripe.com http://127.0.0.1:* http://localhost:*'
    : 'https://checkout.stripe.com';
}

function kindOf(c: Context): Kind {
  const { path } = c.req;
  if (c.res.headers.get('content-type')?.startsWith('text/html')) {
    if (path === '/api/docs') return 'docs';
    return isPrivate(c) || /^(?:\/zh)?\/thanks\//.test(path) ? 'secret-page' : 'page';
  }
  return /^\/(?:assets\/|api\/(?:campaigns|openapi\.json))/.test(path) ? 'public-file' : 'other';
}

/**
 * Puts the security headers on every answer: pages, JSON, pictures, 304, redirects and errors. What API Gateway answers
 * itself, for a path that is no route, never comes here.
 */
export function securityHeaders(place: Place): MiddlewareHandler {
  const table = tableFor(place);
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(table[kindOf(c)])) c.header(name, value);
  };
}
