import { describe, expect } from 'vitest';
import { readInForce, readSettings } from '#kernel/settings/read-settings.ts';
import { charity } from '#platform/charity.ts';
import { fieldsOf } from '../support/browser-form.ts';
import { deskOn } from '../support/desk.ts';
import { siteOn } from '../support/site.ts';
import { staffOn } from '../support/staff-on.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const now = new Date('2026-11-28T04:00:00Z');
const form = '/staff/settings/change';
const typed = {
  replyTo: 'office@example.org',
  telephone: '+852 2345 6789',
  whatsApp: '6123 4567',
  'otherWays/fps/id': '6123 4567',
  'otherWays/fps/payee': 'EXAMPLE CHARITY LIMITED',
  'otherWays/bank/name': '',
  'otherWays/bank/account': '',
  'otherWays/bank/payee': '',
  feesBorneBy: 'fund',
  digestTo: 'desk@example.org, second@example.org',
};

/** An admin at the desk, and the site as donors see it afterwards. */
const it = campaignStory.extend('admin', ({ table }) => {
  const desk = deskOn(table, 'admin', now);
  const filled = async () => {
    const { csrf: _, key: __, ...fields } = fieldsOf((await desk.get(form)).html);
    return { ...fields, feesBorneBy: 'receiver' };
  };
  const site = siteOn(table, 'http://127.0.0.1:1', { settings: () => readInForce({ table }) });
  return {
    desk,
    filled,
    save: async (changes: Record<string, string>) =>
      desk.send(form, { ...(await filled()), ...changes, confirmed: 'yes' }),
    page: async (path: string) => (await site.request(path)).text(),
  };
});

describe('the settings', () => {
  it('are those of the configuration until an admin sets them, and saved as shown they stay so', async ({
    admin: { desk, save },
    table,
  }) => {
    const before = (await readSettings({ table })).settings;
    expect(before.replyTo).toBe(charity.replyTo);
    expect((await desk.get('/staff/settings')).html).toContain('Nobody has changed them yet');
    expect((await save({})).status).toBe(303);
    expect((await readSettings({ table })).settings).toEqual(before);
  });

  it('are shown to donors once they are saved: contacts on every page, ways where money is sent', async ({
    admin: { desk, filled, save, page },
    table,
  }) => {
    const asked = await desk.send(form, { ...(await filled()), ...typed });
    expect(asked.html).toContain('+852-61234567, EXAMPLE CHARITY LIMITED');
    expect((await readSettings({ table })).revision).toBe(0);
    expect((await save(typed)).location).toBe('/staff/settings?done=saved');
    const give = await page('/give');
    expect(give).toContain('<dd class="copy">+852-61234567</dd>');
    expect(give).not.toContain(charity.otherWays?.bank?.account);
    for (const path of ['/zh/privacy', '/nowhere', '/campaigns/education']) {
      expect(await page(path), path).toContain('href="tel:+85223456789"');
      expect(await page(path), path).toContain('mailto:office@example.org');
    }
    expect(await page('/campaigns/education')).toContain('https://wa.me/85261234567');
    expect(await page('/campaigns/education')).not.toContain(charity.replyTo);
    const [entry] = await everything(table, 'audit-entry');
    expect(entry).toMatchObject({ action: 'settings.write', after: { feesBorneBy: 'fund' } });
    expect(JSON.stringify(entry)).not.toMatch(/office|6123/);
  });

  it.for<[string, string, string]>([
    ['replyTo', 'office', 'hello@example.org'],
    ['telephone', 'call me', 'digits, blanks'],
    ['whatsApp', 'call me', 'digits alone'],
    ['otherWays/fps/id', '12', '7 or 9 digits'],
    ['otherWays/fps/payee', '', 'as the bank shows it'],
    ['otherWays/payMe/link', 'http://payme.example.org', 'begins with https://'],
    ['otherWays/bank/account', 'mine', 'digits, blanks'],
    ['digestTo', 'a@example.org, b', 'e-mail addresses'],
  ])(
    'with %s as “%s” are refused at the field, and nothing is kept',
    async ([name, wrong, says], { admin, table }) => {
      const answer = await admin.save({ ...typed, [name]: wrong });
      expect(answer.status).toBe(422);
      expect(answer.html).toContain(`<a href="#${name}">`);
      expect(answer.html).toContain(says);
      expect((await readSettings({ table })).revision).toBe(0);
    },
  );

  it('that another admin saved meanwhile are shown, and not written over', async ({ admin, table }) => {
    const mine = await admin.filled();
    await admin.save(typed);
    const late = await admin.desk.send(form, { ...mine, telephone: '+852 2222 2222', confirmed: 'yes' });
    expect(late.status).toBe(412);
    expect(late.html).toContain('office@example.org');
    expect(late.html).toContain('value="+852 2222 2222"');
    expect((await readSettings({ table })).settings.telephone).toBe('+852 2345 6789');
  });

  it('are written by program with the ETag that was read, by admins alone', async ({ table }) => {
    const admin = staffOn(table, now, 'admin');
    const path = '/api/staff/settings';
    const read = await admin.request(path);
    const body = JSON.stringify({ replyTo: 'office@example.org', feesBorneBy: 'receiver' });
    const send = (by: typeof admin, etag: string) =>
      by.request(path, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'if-match': etag },
        body,
      });
    const etag = read.headers.get('etag') ?? '';
    expect((await send(staffOn(table, now, 'finance'), etag)).status).toBe(403);
    expect((await send(admin, etag)).status).toBe(200);
    expect((await send(admin, etag)).status).toBe(412);
  });
});
