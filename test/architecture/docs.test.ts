import { describe, expect, it } from 'vitest';
import { siteRoutes } from '#apps/site/routes.ts';
import { staffRoutes } from '#apps/staff/endpoints.ts';
import { eventTable } from '#apps/webhooks/events.ts';
import { resendEventTable } from '#apps/webhooks/resend-events.ts';
import { parseCampaign } from '#giving/campaigns/campaign-request.ts';
import { needs } from '#platform/log.ts';
import { stripeKeyOwners, stripeKeyParameter } from '../../infra/constructs/stripe-key-rights.ts';
import { callsOf, headingsOf, linksOf, namesOf, type Page, pathsOf, scriptsOf } from './pages.ts';
import { withoutComments } from './rules.ts';
import { filesCalled, textOf, treeFiles } from './tree.ts';

const pages: Page[] = treeFiles
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: textOf(path) }));
const pageAt = (path: string): string => pages.find((page) => page.path === path)?.text ?? '';
/** What stands in the first column of the tables of a page, in backticks. */
const firstColumn = (path: string): string[] =>
  [...pageAt(path).matchAll(/^ *\| `([^`]+)`/gm)].map(([, name = '']) => name);

/** What a page names that is not ours: of AWS, of Stripe, of a tool, of what an answer holds inside a field. */
const others = ['put-item', '--overwrite', 'cdk.out', 'coverage.missing', 'rk_live_'];
const code = [
  ...treeFiles
    .filter((path) =>
      /^(?:(?:functions|emails|infra|test\/bench)\/(?!local\/test\/).*\.(?:tsx?|mjs)|package\.json|\.ci\/run)$/.test(
        path,
      ),
    )
    .map((path) => withoutComments(textOf(path))),
  ...stripeKeyOwners.map(stripeKeyParameter),
].join('\n');

describe('the documents', () => {
  it.each(pages.map((page) => [page.path, page] as const))('%s: every link leads somewhere', (_, page) => {
    const lost = linksOf(page).filter(({ path, anchor }) => {
      if (!treeFiles.some((file) => file === path || file.startsWith(`${path}/`))) return true;
      return anchor !== undefined && !headingsOf(pageAt(path)).includes(anchor);
    });
    expect(lost).toEqual([]);
  });

  it.each(pages.map((page) => [page.path, page] as const))(
    '%s: every file and folder that it names is there',
    (_, page) => {
      expect(pathsOf(page.text).filter((path) => !isThere(path))).toEqual([]);
    },
  );

  it.each(pages.map((page) => [page.path, page] as const))(
    '%s: every npm script that it names is there',
    (_, page) => {
      const { scripts } = JSON.parse(textOf('package.json')) as { scripts: object };
      expect(scriptsOf(page.text).filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
    },
  );

  // A decision also names what it replaced, and what it refused.
  it.each(
    pages
      .filter(({ path }) => /^(?:README|infra\/docs\/.*)\.md$/.test(path))
      .map((page) => [page.path, page] as const),
  )('%s: every function, schedule, metric, kind and setting that it names stands in the code', (_, page) => {
    expect(namesOf(page.text).filter((name) => !isInCode(name) && !others.includes(name))).toEqual([]);
  });

  it('name what is of others only where they still do', () => {
    const named = pages.flatMap(({ text }) => namesOf(text));
    expect(others.filter((name) => !named.includes(name) || isInCode(name))).toEqual([]);
  });

  it.each(pages.map((page) => [page.path, page] as const))(
    '%s: every call of the API that it names is there',
    (_, page) => {
      expect(callsOf(page.text).filter((call) => !isRoute(call))).toEqual([]);
    },
  );

  it('begin with a README of at most 130 lines', () => {
    expect(pageAt('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(130);
  });

  it('are all reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const path of reached) {
      if (!path.endsWith('.md')) continue;
      for (const link of linksOf({ path, text: pageAt(path) })) reached.add(link.path);
    }
    const ours = treeFiles.filter((path) => /^infra\/(?:docs|readme)\/.*\.(?:md|json|png)$/.test(path));
    expect(ours.filter((path) => !reached.has(path))).toEqual([]);
  });

  it('say of every alarm and of every need of a person what to do, and of none that is not there', () => {
    const own = firstColumn('infra/docs/alarms.md').filter((name) => /^[A-Z]\w+$/.test(name));
    const alarms = textOf('infra/service/alarms.ts').match(/(?<= id: ')\w+/g) ?? [];
    expect(alarms).toHaveLength(6);
    expect(own.sort()).toEqual([...alarms, ...needs].sort());
  });

  it('name every call of the staff, and none that is not there', () => {
    const calls = firstColumn('infra/docs/staff-api.md').filter((name) => /^[A-Z]+ \//.test(name));
    expect(calls.sort()).toEqual(staffRoutes.map((route) => route.replace('/api/staff', '')).sort());
  });

  it('name every event that Stripe and Resend have to send, and none besides', () => {
    const named = [...pageAt('infra/docs/deploy.md').matchAll(/`((?:[a-z_]+\.)+[a-z_]+)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => !name.endsWith('.ts') && !name.startsWith('aws.'));
    expect(named.sort()).toEqual([...Object.keys(eventTable), ...Object.keys(resendEventTable)].sort());
  });

  it('hold a campaign to copy that is taken as it is', () => {
    const body: unknown = JSON.parse(textOf('infra/docs/example-campaign.json'));
    expect(parseCampaign('school-bags', body)).toMatchObject({ slug: 'school-bags', currency: 'hkd' });
  });
});

describe('what is wrong in a document is found', () => {
  it('a link to a file that is not there, and to a heading', () => {
    const text = 'See [a](../gone.md), [b](#the-end), <img src="x.png"> and [c](https://example.org/gone).';
    expect(linksOf({ path: 'infra/docs/x.md', text })).toEqual([
      { path: 'infra/gone.md' },
      { path: 'infra/docs/x.md', anchor: 'the-end' },
      { path: 'infra/docs/x.png' },
    ]);
    expect(headingsOf('# A title\n\n## When `it` rings: 2 cases\n')).toEqual([
      'a-title',
      'when-it-rings-2-cases',
    ]);
  });

  it('a file that is not there, by its path or its name alone', () => {
    const named = pathsOf(
      '`functions/gone.ts`, `gone.ts`, `a/gone.test.ts`, `infra/gone/` and `Some.Event`, `/t/x`.',
    );
    expect(named).toEqual(['functions/gone.ts', 'gone.ts', 'a/gone.test.ts', 'infra/gone/']);
    expect(named.filter(isThere)).toEqual([]);
    expect(['functions/site.ts', 'site.ts', 'test/architecture/', '.ci/run'].filter(isThere)).toHaveLength(4);
  });

  it('a function, a schedule, a metric and a kind that are not there, and a call', () => {
    const text =
      '`check-gone`, `GoneMetric`, `attention#gone-kind#…`, `POST /api/staff/gone?a=b`, `gone.ts`, `a b`';
    expect(namesOf(text)).toEqual(['check-gone', 'GoneMetric', 'attention', 'gone-kind']);
    expect(namesOf(text).filter(isInCode)).toEqual(['attention']);
    expect(callsOf(text)).toEqual(['POST /api/staff/gone']);
    expect(callsOf(text).filter(isRoute)).toEqual([]);
    expect(['sweep', 'reconcile', 'BooksDiffer', 'gift-held'].filter(isInCode)).toHaveLength(4);
    // What only a comment says is not there.
    expect(isInCode('dereferenceable')).toBe(false);
  });

  it('a script that is not there', () => {
    expect(scriptsOf('`npm run gone -- --x`, then\n```sh\nnpm run verify:gone # all\n```')).toEqual([
      'gone',
      'verify:gone',
    ]);
  });
});

/** Whether the code says this word, or words that begin with it when it ends in a hyphen or an underscore. */
function isInCode(name: string): boolean {
  const end = /[-_]$/.test(name) ? '' : '(?![\\w-])';
  return new RegExp(`(?<![\\w-])${name.replaceAll('.', '\\.')}${end}`).test(code);
}

/** Whether a route takes the call; a part of its path may be named by what stands there: `corrections` for `{kind}`. */
function isRoute(call: string): boolean {
  return [...siteRoutes, ...staffRoutes].some((route) =>
    new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(call),
  );
}

/** Whether a file has this path, or ends with it; or a folder has it. */
function isThere(path: string): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return filesCalled(path).length > 0 || treeFiles.some((file) => `/${file}`.includes(`/${folder}`));
}
