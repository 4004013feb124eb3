import { expect } from 'vitest';
import { demoSignIns } from '../../infra/demo/staff.ts';
import { startLocalSignIn } from '../../infra/local/sign-in/server.ts';
import { csrfIn, DeskBrowser, openDesk } from '../support/desk-browser.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const it = story.extend('issuer', { scope: 'file' }, async ({}, { onCleanup }) => {
  const issuer = await startLocalSignIn({ port: 0 }, demoSignIns);
  onCleanup(() => issuer.close());
  return issuer;
});

it('a volunteer is led to the sign-in, back to the page they asked for, and out again', async ({
  issuer,
  table,
}) => {
  const browser = new DeskBrowser(await openDesk(table, issuer.settings));
  const home = await browser.signIn('staff_finance');
  expect(home.status).toBe(200);
  expect(home.url.pathname).toBe('/staff');
  expect(home.html).toContain('Hello, Hazel');
  const before = new Map(browser.cookies);

  const out = await browser.signOut(home);
  expect(out.url.pathname).toBe('/staff/signed-out');
  expect(out.html).toContain('You are signed out');
  expect(await everything(table, 'session')).toEqual([]);
  for (const [name, value] of before) browser.cookies.set(name, value);
  expect((await browser.open('/staff')).url.origin).toBe(issuer.url);
});

it('a form without the session’s token is refused, and changes nothing', async ({ issuer, table }) => {
  const browser = new DeskBrowser(await openDesk(table, issuer.settings));
  const csrf = csrfIn(await browser.signIn('staff_finance'));
  for (const fields of [{}, { csrf: '' }, { csrf: `${csrf}x` }]) {
    expect((await browser.post('/staff/sign-out', { ...fields })).status).toBe(403);
  }
  expect((await browser.open('/staff')).html).toContain('Hello, Hazel');
});
