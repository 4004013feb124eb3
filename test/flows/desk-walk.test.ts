import { describe, expect, it, onTestFinished } from 'vitest';
import { deskPages } from '#apps/staff/desk-pages.ts';
import { roles } from '#kernel/staff/actor.ts';
import { rights } from '#kernel/staff/rights.ts';
import { demoSignIns } from '../../infra/demo/staff.ts';
import { startLocalSignIn } from '../../infra/local/sign-in/server.ts';
import { deskOn } from '../support/desk.ts';
import { csrfIn, DeskBrowser, openDesk } from '../support/desk-browser.ts';
import { openLocalDirectory } from '../support/directory.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { storeCampaigns } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

const filled = (path: string) => path.replaceAll(/:(\w+)/g, 'none');

describe('every page and form of the desk', () => {
  it('admits exactly the roles that its right names, and shows nobody else anything', async () => {
    const table = await freshTable();
    await storeCampaigns(table);
    expect(deskPages.length).toBeGreaterThan(5);
    for (const role of roles) {
      const desk = deskOn(table, role, now);
      for (const { method, path, right } of deskPages) {
        const answer = method === 'get' ? await desk.get(filled(path)) : await desk.send(filled(path));
        const allowed: readonly string[] = right === null ? roles : ['admin', ...rights[right]];
        const where = `${role} ${method} ${path}`;
        if (allowed.includes(role)) expect([401, 403, 500], where).not.toContain(answer.status);
        else expect(answer.status, where).toBe(403);
      }
    }
  });

  it('is closed to a person without a role, but for pages that ask for none', async () => {
    const desk = deskOn(await freshTable(), [], now);
    for (const { method, path, right } of deskPages) {
      const answer = method === 'get' ? await desk.get(filled(path)) : await desk.send(filled(path));
      if (right !== null) expect(answer.status, path).toBe(403);
    }
  });

  it('shows in its navigation only where the role may go', async () => {
    const table = await freshTable();
    await storeCampaigns(table);
    const { html } = await deskOn(table, 'finance', now).get('/staff/payments');
    expect(html).toContain('href="/staff/payments"');
    expect(html).not.toContain('href="/staff/comments"');
  });

  it('changes nothing by being looked at: every link that an admin can follow', async () => {
    const table = await freshTable();
    await storeCampaigns(table);
    for (const number of [1, 2]) {
      const checkout = aCheckout(number);
      await store(table, checkout, aPerson(checkout, { message: 'A comment' }));
      await webhookOn(table).deliver(sessionEvent(checkout));
    }
    const before = await everything(table);
    const desk = deskOn(table, 'admin', now);
    const open = deskPages.flatMap(({ method, path }) =>
      method === 'get' && !path.includes(':') ? [path] : [],
    );
    open.push('/staff/payments/pi_00000001', '/staff/payments/pi_00000001/refund');
    const seen = new Set<string>();
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (seen.has(path) || seen.size > 100) continue;
      seen.add(path);
      const { status, html } = await desk.get(path);
      expect(status, path).toBe(200);
      expect(html, path).toContain('TEST MODE');
      for (const [, href = ''] of html.matchAll(/href="(\/staff\/[^"#]*)"/g)) {
        open.push(href.replaceAll('&amp;', '&'));
      }
    }
    expect(seen.size).toBeGreaterThan(5);
    expect(await everything(table)).toEqual(before);
  });

  it('takes no form without an origin or from another one, even of an admin, and nothing is changed', async () => {
    const { table, admin, csrf } = await signedIn();
    const before = await everything(table);
    const forms = [...new Set(deskPages.flatMap(({ method, path }) => (method === 'post' ? [path] : [])))];
    expect(forms.length).toBeGreaterThan(20);
    const body = new URLSearchParams({ csrf, key: 'a-form', confirmed: 'yes' });
    for (const path of [...forms.map(filled), '/staff/sign-out', '/staff/language', '/staff/approve/x']) {
      for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }]) {
        const { status } = await admin.send(path, { method: 'POST', body, headers });
        expect(status, path).toBe(403);
      }
    }
    expect(await everything(table)).toEqual(before);
  });

  it('changes nothing by being looked at: neither the people of the staff, nor who is signed in', async () => {
    const { table, admin, directory } = await signedIn();
    const [before, people] = [await everything(table), await directory.list()];
    const open = ['/staff', '/staff/sessions'];
    const seen = new Set<string>();
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (seen.has(path) || seen.size > 80) continue;
      seen.add(path);
      const { status, html } = await admin.open(path);
      expect(status, path).toBe(200);
      const links = [...html.matchAll(/href="(\/staff\/[^"#?]*)"/g)];
      open.push(...links.map(([, href = '']) => href.replaceAll('&amp;', '&')));
    }
    expect([...seen]).toEqual(expect.arrayContaining(['/staff/team', '/staff/invite']));
    expect([...seen]).toEqual(expect.arrayContaining(['/staff/team/staff_door/remove']));
    expect(await everything(table)).toEqual(before);
    expect(await directory.list()).toEqual(people);
  });
});

/** An admin who is signed in at the desk with a browser, with the people of the local sign-in. */
async function signedIn() {
  const table = await freshTable();
  await storeCampaigns(table);
  const issuer = await startLocalSignIn({ port: 0 }, demoSignIns);
  const { directory, close } = await openLocalDirectory(issuer);
  onTestFinished(async () => {
    await close();
    await issuer.close();
  });
  const at = new Date();
  const admin = new DeskBrowser(await openDesk(table, issuer.settings, { directory, clock: () => at }));
  return { table, admin, directory, csrf: csrfIn(await admin.signIn('staff_admin')) };
}
