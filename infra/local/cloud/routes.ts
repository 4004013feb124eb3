/** One route of the API, ready to be compared with requests. */
export interface RoutePattern<T> {
  /** As the template writes it: `GET /campaigns/{slug}`, `ANY /x/{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly target: T;
}

/** A request's route with its path parameters decoded. */
export interface RouteMatch<T> {
  readonly route: RoutePattern<T>;
  readonly pathParameters: Record<string, string>;
}

/**
 * Chooses a route as API Gateway's HTTP APIs do: a full match of literals first, then one with parameters, then a greedy
 * one, then `$default`; a named method before `ANY`.
 */
export function matchRoute<T>(
  routes: readonly RoutePattern<T>[],
  method: string,
  path: string,
): RouteMatch<T> | undefined {
  const matches = routes.flatMap((route) => {
    const pathParameters = matchOne(route.routeKey, method, path);
    return pathParameters ? [{ route, pathParameters, rank: rankOf(route.routeKey) }] : [];
  });
  const [best] = matches.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return best && { route: best.route, pathParameters: best.pathParameters };
}

function matchOne(routeKey: string, method: string, path: string): Record<string, string> | undefined {
  if (routeKey === '$default') return {};
  const [wanted = '', pattern = ''] = routeKey.split(' ');
  if (wanted !== 'ANY' && wanted !== method) return undefined;
  const segments = pattern.split('/');
  const given = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    const rest = given.slice(i, greedy ? undefined : i + 1).join('/');
    if (name === undefined) {
      if (segment !== given[i]) return undefined;
      continue;
    }
    if (rest === '') return undefined;
    parameters[name] = decode(rest);
    if (greedy) return parameters;
  }
  return segments.length === given.length ? parameters : undefined;
}

// Sorts as text: literals (0) before parameters (1) before greedy ones (2), segment by segment.
function rankOf(routeKey: string): string {
  if (routeKey === '$default') return '3';
  const [method = '', pattern = ''] = routeKey.split(' ');
  const segments = pattern
    .split('/')
    .map((part) => (part.endsWith('+}') ? '2' : part.startsWith('{') ? '1' : '0'));
  return `${segments.join('')}${method === 'ANY' ? '1' : '0'}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
