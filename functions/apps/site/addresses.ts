import type { MiddlewareHandler } from 'hono';
import { siteRoutes } from './routes.ts';

/** The addresses of all pages, split at the slashes; a part in braces stands for any text of its form. */
const pages = siteRoutes
  .map((route) => route.split(' ')[1] ?? '')
  .filter((path) => !path.startsWith('/api/') && !path.startsWith('/assets/'))
  .map(partsOf);

/** What a part in braces may be: nothing that could lead to another site. */
const plain = /^[\w-]+$/;

/** Addresses that people guess and that have no page: the list of campaigns is the home page. */
const moved: readonly (readonly [string, string])[] = [
  ['/campaigns', '/'],
  ['/zh/campaigns', '/zh'],
];

/**
 * The canonical address of a page that was asked for in another spelling: with a trailing or a double slash, or with capital letters.
 * It is built from the site's own parts, so that it never leads to another site.
 *
 * @param path the requested path
 * @returns undefined for a canonical address, and where there is no page
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
  // The case of a checkout's id matters: it stays as it is.
  const canonical = `/${page.map((part, i) => (part === '{checkoutId}' ? parts[i] : lower[i])).join('/')}`;
  return canonical === path ? undefined : canonical;
}

/** Redirects a request with another spelling to the page's canonical address, with its query. */
export const toCanonicalAddress: MiddlewareHandler = async (c, next) => {
  const canonical = canonicalPath(c.req.path);
  if (canonical === undefined) return next();
  // 308 and not 301: a form that was posted stays a POST.
  return c.redirect(canonical + new URL(c.req.url).search, 308);
};

/**
 * The methods that a path of the site accepts (RFC 9110, section 10.2.1): HEAD wherever there is GET, OPTIONS on all.
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
