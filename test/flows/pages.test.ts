import { describe, expect } from 'vitest';
import { charity } from '#platform/charity.ts';
import { inHtml } from '../support/charity.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn, storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { freshTable } from '../support/table.ts';

const open = aCheckout(1);
const paid = aCheckout(2);
const slug = 'lai-chi-kok-warehouse';
const wrongForm = new URLSearchParams({
  formKey: 'k',
  amount: 'other',
  name: '',
  email: 'x',
  displayName: '\u0007',
});

/** Every kind of page by its address in English, and those that a form leads to. */
const paths: readonly (readonly [string, RequestInit?])[] = [
  ['/'],
  ['/privacy'],
  ...[slug, 'soup-kitchen', 'education', 'emergency-cash'].map((each) => [`/campaigns/${each}`] as const),
  [`/campaigns/${slug}?amount=620&frequency=monthly`],
  [`/campaigns/${slug}/supporters`],
  [`/campaigns/${slug}/supporters?cursor=wrong`],
  [`/campaigns/${slug}/money`],
  ['/campaigns/education/money'],
  [`/thanks/${open.id}`],
  [`/thanks/${open.id}?look=99`],
  [`/thanks/${paid.id}`],
  ['/nothing'],
  [`/campaigns/${slug}`, { method: 'POST', body: wrongForm }],
  [`/thanks/${paid.id}/address`, { method: 'POST', body: new URLSearchParams({ email: 'x' }) }],
  ['/', { method: 'DELETE' }],
];

const it = story.extend('site', { scope: 'file' }, async ({}) => {
  const table = await freshTable();
  await storeCampaigns(table);
  for (const checkout of [open, paid]) await store(table, checkout);
  await webhookOn(table).deliver(sessionEvent(paid));
  const app = siteOn(table, nobody, { clock: () => now });

  const show = async (prefix: string, path: string, init?: RequestInit) => {
    const answer = await app.request(prefix && path === '/' ? prefix : prefix + path, init);
    expect(answer.headers.get('content-type'), path).toContain('text/html');
    return answer.text();
  };

  return { show };
});

/** The levels of a page's headings in their order. */
function levelsOf(html: string): number[] {
  return [...html.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level));
}

/** The texts that people read, one for each run between two blocks. */
function textsOf(html: string): string[] {
  const body = html.slice(html.indexOf('<body'));
  return body
    .replaceAll(/<style>[\s\S]*?<\/style>/g, '')
    .replaceAll(/<\/?(?:a|b|strong|span|i|cite|time|bdi|wbr)\b[^>]*>/g, '')
    .split(/<[^>]+>/)
    .map((text) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
    .filter((text) => text.trim() !== '');
}

describe('every page', () => {
  it.for(['', '/zh'].flatMap((prefix) => paths.map(([path, init]) => [prefix, path, init] as const)))(
    '%s%s has one first heading and skips no level',
    async ([prefix, path, init], { site: { show } }) => {
      const levels = levelsOf(await show(prefix, path, init));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels[0]).toBe(1);
      for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    },
  );

  it('is what the test takes it for: a skipped level is found', async ({ site: { show } }) => {
    expect(levelsOf('<h1>a</h1><h3 id="b">c</h3>')).toEqual([1, 3]);
    expect(levelsOf(await show('', '/api/docs'))[0]).toBe(1);
    const docs = levelsOf(await show('', '/api/docs'));
    for (const [i, level] of docs.entries()) expect(level - (docs[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it.for(paths.map(([path, init]) => [path, init] as const))(
    '/zh%s has no space between Chinese characters or their marks, and uses the full-width ones',
    async ([path, init], { site: { show } }) => {
      const html = await show('/zh', path, init);
      for (const text of textsOf(html)) {
        expect(text).not.toMatch(/[\p{Script=Han}。，、：；！？」）]\s+[\p{Script=Han}。，、：；！？「（]/u);
        expect(text).not.toMatch(/\p{Script=Han}[,;:!?]|[,;:!?]\p{Script=Han}/u);
      }
    },
  );

  it('leads from its foot to the privacy notice, who we are, where the money went, and to a person', async ({
    site: { show },
  }) => {
    for (const [path] of paths) {
      for (const prefix of ['', '/zh']) {
        const html = await show(prefix, path);
        const foot = html.slice(html.indexOf('<footer class="foot"'));
        expect(foot, path).toContain(`href="${prefix}/privacy"`);
        expect(foot, path).toContain('#about"');
        expect(foot, path).toMatch(/href="[^"]*(?:#money|\/money)"/);
        expect(foot, path).toContain('href="mailto:');
      }
    }
    const home = await show('/zh', '/');
    expect(home).toMatch(/id="about"[\s\S]*id="money"[\s\S]*href="\/zh\/campaigns\/soup-kitchen\/money"/);
  });
});

describe('the privacy notice', () => {
  it.for([
    [
      '',
      [
        inHtml(charity.legalName.en),
        inHtml(charity.receiver.en),
        'ap-east-1',
        'Stripe',
        'Resend',
        'seven years',
        'within 40 days',
        'Cap. 486',
        'direct marketing',
        charity.replyTo,
        'We never see your card number',
      ],
    ],
    [
      '/zh',
      [
        inHtml(charity.legalName['zh-HK']),
        inHtml(charity.receiver['zh-HK']),
        'ap-east-1',
        'Stripe',
        'Resend',
        '七年',
        '40 日內',
        '第 486 章',
        '直接促銷',
        charity.replyTo,
        '我們不會得知',
      ],
    ],
  ] as const)(
    'under "%s/" says who, what for, by whom, how long, and what can be asked',
    async ([prefix, said], { site: { show } }) => {
      const html = await show(prefix, '/privacy');
      for (const each of said) expect(html).toContain(each);
      expect(await show(prefix, `/campaigns/${slug}`)).toMatch(
        new RegExp(`<form[\\s\\S]*</form>[\\s\\S]*href="${prefix}/privacy"[\\s\\S]*<footer`),
      );
    },
  );
});
