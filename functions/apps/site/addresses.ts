import type { MiddlewareHandler } from 'hono';
import { siteRoutes } from './routes.ts';

/** Every address of a page, as the parts between its slashes; a part in braces stands for any text of its form. */
const pages = siteRoutes
  .map((route) => route.split(' ')[1] ?? '')
  .filter((path) => !path.startsWith('/api/') && !path.startsWith('/assets/'))
  .map(partsOf);

/** What may stand for a part in braces: nothing that could lead anywhere else. */
const plain = /^[\w-]+$/;

/** Addresses that people try, of which no page is made: the list of campaigns is the home page. */
const moved: readonly (readonly [string, string])[] = [
  ['/campaigns', '/'],
  ['/zh/campaigns', '/zh'],
];

/**
 * The address that a page is really at, for one that is written another way: with a slash at the end or two in a row, with
 * capital letters. It is put together from the site's own parts, so that it never leads to another site.
 *
 * @param path as it was asked for
 * @returns undefined for the page's own address, and where there is no page
 */
function canonicalPath(path: string): string | undefined {
  const parts = partsOf(decoded(path));
  const lower = parts.map((part) => part.toLowerCase());
  const asked = `/${lower.join('/')}`;
  const [, elsewhere] = moved.find(([from]) => from === asked) ?? [];
  if (elsewhere) return elsewhere;
  const page = pages.find(
    (each) => each.length === parts.length && each.every((part, i) => fits(part, lower[i])),
  );
  if (!page) return undefined;
  // The id of a checkout is not ours to spell.
  const canonical = `/${page.map((part, i) => (part === '{checkoutId}' ? parts[i] : lower[i])).join('/')}`;
  return canonical === path ? undefined : canonical;
}

/** Leads to a page's own address, with its query, whoever asks for it written another way. */
export const toCanonicalAddress: MiddlewareHandler = async (c, next) => {
  const canonical = canonicalPath(c.req.path);
  if (canonical === undefined) return next();
  // 308 and not 301: a form that was sent there stays one.
  return c.redirect(canonical + new URL(c.req.url).search, 308);
};

/**
 * The methods that a path of the site is asked with (RFC 9110, section 10.2.1): HEAD wherever there is GET, OPTIONS on all.
 *
 * @returns none for a path that is no route
 */
export function methodsAt(path: string): readonly string[] {
  const parts = path.split('/');
  const methods = siteRoutes
    .map((route) => route.split(' '))
    .filter(([, pattern = '']) => {
      const wanted = pattern.split('/');
      return wanted.length === parts.length && wanted.every((part, i) => isAt(part, parts[i]));
    })
    .map(([method = '']) => method);
  if (methods.length === 0) return [];
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])];
}

function isAt(part: string, given = ''): boolean {
  return part.startsWith('{') ? given !== '' : part === given;
}

function fits(part: string, given = ''): boolean {
  return part.startsWith('{') ? plain.test(given) : part === given;
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
