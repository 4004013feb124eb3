import { posix } from 'node:path';

/** The contexts of `functions/`, and which others each may use: arrows run downwards only. */
export const allowedArrows: Readonly<Record<string, readonly string[]>> = {
  apps: ['ticketing', 'families', 'giving', 'accounting', 'payments', 'kernel', 'platform'],
  ticketing: ['accounting', 'payments', 'kernel', 'platform'],
  families: ['accounting', 'payments', 'kernel', 'platform'],
  giving: ['accounting', 'payments', 'kernel', 'platform'],
  accounting: ['payments', 'kernel', 'platform'],
  payments: ['kernel', 'platform'],
  kernel: ['platform'],
  platform: [],
};

/** What a file does, by its name: what begins with a verb reads, decides with the rules and commits. */
const verbs = new Set(
  (
    'accept admit approve ask invite remove reset cancel change hold pay queue resolve transition attempt begin call carry check close compare correct count decide end enqueue enter erase fail keep ' +
    'limit list make match moderate move open plan project read rebuild recall receive reconcile record recount reduce ' +
    'refresh release repair replace request requeue require roll run sell send start summarize take watch write audit is in'
  ).split(' '),
);

/** Nouns whose first word is a verb elsewhere. */
const nouns = new Set(['audit-entry']);

/** Roles by the last word of a file's name: a noun's shape in the table, its endpoints, what people see of it, and the ways out. */
const roles = new Set([
  ...['item', 'api', 'page', 'pages', 'desk', 'words', 'csv', 'styles'],
  ...['request', 'answer', 'cursor', 'context', 'endpoint', 'input', 'gateway', 'fact'],
]);

/** The context of a file of `functions/`; undefined for an entry and for what stands elsewhere. */
export function contextOf(path: string): string | undefined {
  return /^functions\/([^/]+)\/[^/]/.exec(path)?.[1];
}

/**
 * What a file's name says that it is: `verb`, a role, or `pure` for what has neither: the rules of a noun. What `apps` composes and
 * what `platform` opens has no role.
 */
export function roleOf(path: string): string | undefined {
  const context = contextOf(path);
  if (context === undefined || context === 'apps' || context === 'platform') return undefined;
  if (path.endsWith('.tsx')) return 'page';
  const words = posix.basename(path, '.ts').split('-');
  const last = words.at(-1) ?? '';
  if (roles.has(last)) return last;
  return verbs.has(words[0] ?? '') && !nouns.has(words.join('-')) ? 'verb' : 'pure';
}

/** The circles of a graph: each the names that reach one another, sorted. */
export function circlesOf(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>();
    const open = [...(arrows.get(from) ?? [])];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      open.push(...(arrows.get(at) ?? []));
    }
    return seen;
  };
  const reached = new Map([...arrows.keys()].map((name) => [name, reach(name)]));
  const circles = [...reached]
    .filter(([name, names]) => names.has(name))
    .map(([name, names]) => [...names].filter((each) => reached.get(each)?.has(name)).sort());
  return [...new Map(circles.map((circle) => [circle.join(' '), circle])).values()];
}
