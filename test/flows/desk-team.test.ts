import { expect } from 'vitest';
import { demoSignIns } from '../../infra/demo/staff.ts';
import { startLocalSignIn } from '../../infra/local/sign-in/server.ts';
import { csrfIn, DeskBrowser, openDesk, type Shown } from '../support/desk-browser.ts';
import { staffOn } from '../support/staff-on.ts';
import { story } from '../support/story.ts';
import { everything, watchRequests } from '../support/table.ts';

const minute = 60_000;

const it = story
  .extend('issuer', async ({}, { onCleanup }) => {
    const issuer = await startLocalSignIn({ port: 0 }, demoSignIns);
    onCleanup(() => issuer.close());
    return issuer;
  })
  .extend('desk', async ({ issuer, table }) => {
    let passed = 0;
    const clock = () => new Date(Date.now() + passed);
    const answer = await openDesk(table, issuer.settings, { clock });
    return {
      /** Signs a person in with a browser of their own. */
      with: async (person: string) => {
        const browser = new DeskBrowser(answer);
        const home = await browser.signIn(person);
        return { browser, csrf: csrfIn(home), home };
      },
      pass: (milliseconds: number) => {
        passed += milliseconds;
      },
    };
  });

/** Where a browser stands that asks for a page: at the desk, or at the sign-in. */
const whereIs = async ({ browser }: { readonly browser: DeskBrowser }) =>
  (await browser.send('/staff')).status === 200 ? 'at the desk' : 'at the sign-in';

const text = ({ html }: Shown) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

it('a person sees with which browsers they are signed in, and signs out of all of them at once', async ({
  desk,
  table,
}) => {
  const [phone, laptop, other] = [
    await desk.with('staff_finance'),
    await desk.with('staff_finance'),
    await desk.with('staff_door'),
  ];
  expect(phone.home.html).toContain('<a href="/staff/sessions">Signed in as Hazel</a>');
  const own = await phone.browser.open('/staff/sessions');
  expect(own.html.match(/Signed in on /g)).toHaveLength(2);
  await phone.browser.post('/staff/sign-out', { csrf: phone.csrf, everywhere: 'yes' });
  expect([await whereIs(phone), await whereIs(laptop)]).toEqual(['at the sign-in', 'at the sign-in']);
  expect(await whereIs(other)).toBe('at the desk');
  expect(await everything(table, 'session')).toHaveLength(1);
});

it('an admin sees who is signed in, and signs another person out: their next page leads to the sign-in', async ({
  desk,
  table,
}) => {
  const [admin, hazel] = [await desk.with('staff_admin'), await desk.with('staff_finance')];
  expect(text(await admin.browser.open('/staff/team'))).toMatch(
    /Hazel · finance Signed in on .*, last page at/,
  );
  const path = '/staff/team/staff_finance/end-sessions';
  const asked = await admin.browser.post(path, { csrf: admin.csrf, key: 'one' });
  expect(text(asked)).toContain('Hazel is signed out of every browser.');
  expect(await whereIs(hazel)).toBe('at the desk');
  const done = await admin.browser.post(path, { csrf: admin.csrf, key: 'one', confirmed: 'yes' });
  expect(text(done)).toContain('The person is signed out everywhere.');
  expect([await whereIs(hazel), await whereIs(admin)]).toEqual(['at the sign-in', 'at the desk']);
  expect(await everything(table, 'audit-entry')).toEqual([
    expect.objectContaining({
      actor: 'staff_admin',
      action: 'staff.manage',
      object: { kind: 'staff', id: 'staff_finance' },
      before: { sessions: 1 },
    }),
  ]);
  expect(text(await admin.browser.open(path))).toContain('not signed in any more');
});

it('the list of sessions ends with them, and costs nine requests however many people there are', async ({
  desk,
  table,
}) => {
  const admin = await desk.with('staff_admin');
  await desk.with('staff_finance');
  desk.pass(31 * minute);
  await desk.with('staff_admin');
  const api = staffOn(table, new Date(Date.now() + 31 * minute), 'admin');
  const sent = watchRequests(table);
  const answer = await api.request('/api/staff/sessions');
  const signedIn = expect.objectContaining({ person: 'staff_admin', name: 'Rowan' });
  expect(await answer.json()).toEqual({ data: [signedIn] });
  expect(sent.map(({ operation }) => operation)).toEqual(Array.from({ length: 9 }, () => 'Query'));
  expect(await whereIs(admin)).toBe('at the sign-in');
});

it('only an admin sees who is signed in, or ends another person’s sessions', async ({ desk }) => {
  const finance = await desk.with('staff_finance');
  await desk.with('staff_admin');
  expect((await finance.browser.open('/staff/team')).status).toBe(403);
  const path = '/staff/team/staff_admin/end-sessions';
  const sent = { csrf: finance.csrf, key: 'one', confirmed: 'yes' };
  expect((await finance.browser.post(path, sent)).status).toBe(403);
  expect(finance.home.html).not.toContain('/staff/team');
});
