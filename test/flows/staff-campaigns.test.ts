import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { parseCampaign, writtenCampaign } from '#giving/campaigns/campaign-request.ts';
import { writeCampaign } from '#giving/campaigns/write-campaign.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { AuditEntry } from '#kernel/audit-log/audit-entry.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { permit } from '#kernel/staff/rights.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { asDescribed } from '../support/described.ts';
import { nobody } from '../support/local-stripe.ts';
import { siteOn, storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const now = new Date('2026-11-22T04:00:00Z');
const actor = { id: 'sub-linden', roles: ['admin'] as readonly Role[] };
const [warehouse] = demoCampaigns(now);
if (!warehouse) throw new Error('The demonstration has no campaign.');
const { slug: _, ...written } = writtenCampaign(warehouse);

describe('writing a campaign', () => {
  const it = story.extend('desk', ({ table }) => {
    let time = now;
    const pass = (milliseconds: number) => {
      time = new Date(time.getTime() + milliseconds);
      return time;
    };
    const app = asDescribed(
      createStaffApp({ random: Math.random, table, clock: () => time, actorOf: () => actor }),
    );
    const put = async (slug: string, body: unknown, headers: Record<string, string>) =>
      app.request(`/api/staff/campaigns/${slug}`, {
        method: 'PUT',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
    const create = (slug = 'winter') => put(slug, written, { 'if-none-match': '*' });
    const audit = async (query = '') => {
      const response = await app.request(`/api/staff/audit${query}`);
      return (await response.json()) as { data: AuditEntry[]; nextCursor: string | null };
    };
    return { app, pass, put, create, audit };
  });

  it('puts a new one on the public site, at the end of the list', async ({ table, desk: { create } }) => {
    await storeCampaigns(table);
    const response = await create();
    expect(response.status).toBe(201);
    expect(response.headers.get('etag')).toBe('"1"');
    const site = siteOn(table, nobody, { clock: () => now });
    const { data } = (await (await site.request('/api/campaigns')).json()) as { data: { slug: string }[] };
    expect(data.at(-1)?.slug).toBe('winter');
    expect((await site.request('/campaigns/winter')).status).toBe(200);
  });

  it('answers what was written, with an ETag to change it by', async ({ desk: { create, app, put } }) => {
    await create();
    const read = await app.request('/api/staff/campaigns/winter');
    const body = (await read.json()) as object;
    expect(body).toEqual({ slug: 'winter', ...written });
    const changed = await put(
      'winter',
      { ...body, closesAt: '2027-01-01T00:00:00+08:00' },
      {
        'if-match': read.headers.get('etag') ?? '',
      },
    );
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await changed.json()).toMatchObject({ closesAt: '2026-12-31T16:00:00.000Z' });
  });

  it('changes one that no person has written yet', async ({ table, desk: { app, put } }) => {
    await storeCampaigns(table);
    const read = await app.request(`/api/staff/campaigns/${warehouse.slug}`);
    expect(read.headers.get('etag')).toBe('"0"');
    expect((await put(warehouse.slug, written, { 'if-match': '"0"' })).status).toBe(200);
    expect((await put(warehouse.slug, written, { 'if-match': '"0"' })).status).toBe(412);
  });

  it.for<[string, Record<string, string>, number, string]>([
    ['without a precondition', {}, 428, 'precondition-required'],
    ['as new though it is there', { 'if-none-match': '*' }, 412, 'precondition-failed'],
    ['over an older one', { 'if-match': '"7"' }, 412, 'precondition-failed'],
    ['with a weak ETag', { 'if-match': 'W/"1"' }, 412, 'precondition-failed'],
    ['with an ETag of something else', { 'if-match': '"abc"' }, 412, 'precondition-failed'],
  ])(
    'is refused %s, and leaves nothing',
    async ([_, headers, status, code], { table, desk: { create, put } }) => {
      await create();
      const before = await everything(table);
      const response = await put('winter', { ...written, levels: [] }, headers);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ code });
      expect(await everything(table)).toEqual(expect.arrayContaining(before));
      expect(await everything(table, 'audit-entry')).toHaveLength(1);
    },
  );

  it('takes one of ten who write over the same one at once; each campaign has one audit entry', async ({
    table,
    desk: { create, put },
  }) => {
    await create();
    const tries = Array.from({ length: 10 }, (_, i) =>
      put(
        'winter',
        { ...written, levels: [{ amount: 10_000 + i, text: { en: 'one', 'zh-HK': '一' } }] },
        {
          'if-match': '"1"',
        },
      ),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
    expect(await everything(table, 'audit-entry')).toHaveLength(2);
  });

  it('lists each of ten that are made at once, once', async ({ table, desk: { create } }) => {
    const slugs = Array.from({ length: 10 }, (_, i) => `winter-${i}`);
    const made = await Promise.all(slugs.map(create));
    expect(made.map(({ status }) => status)).toEqual(slugs.map(() => 201));
    const lists = await everything(table, 'campaign-list');
    expect(lists.map((list) => (list.slugs as string[]).toSorted())).toEqual([slugs]);
  });

  it('takes no look at a list it is in already', async ({ table, desk: { create } }) => {
    await table.client.send(
      new PutCommand({ TableName: table.name, Item: toCampaignListItem(['winter', 'summer']) }),
    );
    await create();
    const [list] = await everything(table, 'campaign-list');
    expect(list?.slugs).toEqual(['winter', 'summer']);
  });

  it('is audited: who, what, and only what changed, without a word of its texts', async ({
    desk: { create, pass, put, audit },
  }) => {
    await create();
    const later = pass(1000);
    const story = { ...written.story, en: 'A new story of Juniper.' };
    await put('winter', { ...written, story, currency: 'hkd' }, { 'if-match': '"1"' });
    const { data } = await audit();
    expect(data).toHaveLength(2);
    expect(data[0]).toMatchObject({
      actor: 'sub-linden',
      action: 'campaign.write',
      object: { kind: 'campaign', id: 'winter' },
      at: later.toISOString(),
    });
    expect(Object.keys(data[0]?.after ?? {}).sort()).toEqual(['revision', 'storyDigest']);
    expect(data[1]?.after).toMatchObject({ currency: 'HKD' });
    expect(JSON.stringify(data)).not.toMatch(/Juniper|story of/);
    expect(data[1]).toMatchObject({ before: null, after: { revision: 1 } });
  });

  it('is found in the audit by month, by object and page by page', async ({
    desk: { create, pass, audit },
  }) => {
    for (const slug of ['one', 'two', 'three']) {
      pass(1000);
      await create(slug);
    }
    const ids = ({ data }: { data: AuditEntry[] }) => data.map(({ object }) => object.id);
    const first = await audit('?month=2026-11&limit=2');
    expect(ids(first)).toEqual(['three', 'two']);
    const second = await audit(`?month=2026-11&limit=2&cursor=${first.nextCursor}`);
    expect([ids(second), second.nextCursor]).toEqual([['one'], null]);
    expect(ids(await audit('?month=2026-10'))).toEqual([]);
    expect(ids(await audit('/campaign/two'))).toEqual(['two']);
    expect(ids(await audit('/gift/two'))).toEqual([]);
  });

  it.for([
    ['?month=2026-13', '/month'],
    ['?limit=0', '/limit'],
    ['?cursor=abc', '/cursor'],
  ])('the audit says what is wrong with %s', async ([query, pointer], { desk: { app } }) => {
    const response = await app.request(`/api/staff/audit${query}`);
    expect([response.status, await response.json()]).toEqual([
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }),
    ]);
  });

  it('leaves no audit entry when another condition of the transaction does not hold', async ({
    table,
    desk: { create },
  }) => {
    await create();
    const change = () => ({
      impossible: {
        update: keys.campaign('winter'),
        set: { expression: 'SET revision = :new', values: { ':new': 9, ':old': 8 } },
        condition: 'revision = :old',
      },
      audit: auditChange(
        permit(actor, 'campaign.write'),
        { object: { kind: 'campaign', id: 'winter' } },
        now,
      ),
    });
    expect(await commit(table, change)).toMatchObject({ committed: false });
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
  });

  it('writes neither campaign nor list when the audit entry cannot be made', async ({ table }) => {
    const campaign = parseCampaign('winter', written);
    const withMail = permit({ ...actor, id: 'linden@example.org' }, 'campaign.write');
    await expect(
      writeCampaign({ campaign, seen: 'nothing', permit: withMail }, { table, now }),
    ).rejects.toThrow(/mail address/);
    expect(await everything(table)).toEqual([]);
  });
});
