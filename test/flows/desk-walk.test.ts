import { describe, expect, it } from 'vitest';
import { deskPages } from '#apps/staff/desk-pages.ts';
import { roles } from '#kernel/staff/actor.ts';
import { rights } from '#kernel/staff/rights.ts';
import { deskOn } from '../support/desk.ts';
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
      for (const [, href = ''] of html.matchAll(/href="(\/staff\/[^"#]*)"/g)) {
        open.push(href.replaceAll('&amp;', '&'));
      }
    }
    expect(seen.size).toBeGreaterThan(5);
    expect(await everything(table)).toEqual(before);
  });
});
