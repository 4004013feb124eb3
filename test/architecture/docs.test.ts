import { describe, expect, it } from 'vitest';
import { staffRoutes } from '#apps/staff/endpoints.ts';
import { eventTable } from '#apps/webhooks/events.ts';
import { resendEventTable } from '#apps/webhooks/resend-events.ts';
import { parseCampaign } from '#giving/campaigns/campaign-request.ts';
import { alarmingMetrics } from '#platform/log.ts';
import { headingsOf, linksOf, type Page, pathsOf, scriptsOf } from './pages.ts';
import { filesCalled, textOf, treeFiles } from './tree.ts';

const pages: Page[] = treeFiles
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: textOf(path) }));
const pageAt = (path: string): string => pages.find((page) => page.path === path)?.text ?? '';
/** What stands in the first column of the tables of a page, in backticks. */
const firstColumn = (path: string): string[] =>
  [...pageAt(path).matchAll(/^ *\| `([^`]+)`/gm)].map(([, name = '']) => name);

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

  it('say of every alarm what to do, and of none that is not there', () => {
    const own = firstColumn('infra/docs/alarms.md').filter((name) => /^[A-Z]\w+$/.test(name));
    const ofMachinery = /(?:Errors|Waits|IsBehind|NotEmpty)(?:StripeWebhook|ResendWebhook)?$/;
    expect(own.filter((name) => !ofMachinery.test(name)).sort()).toEqual([...alarmingMetrics].sort());
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

  it('a script that is not there', () => {
    expect(scriptsOf('`npm run gone -- --x`, then\n```sh\nnpm run verify:gone # all\n```')).toEqual([
      'gone',
      'verify:gone',
    ]);
  });
});

/** Whether a file has this path, or ends with it; or a folder has it. */
function isThere(path: string): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return filesCalled(path).length > 0 || treeFiles.some((file) => `/${file}`.includes(`/${folder}`));
}
