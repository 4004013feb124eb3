import { expect } from 'vitest';
import { csrfIn, DeskBrowser, openDesk, type Shown } from '../support/desk-browser.ts';
import { signInStory } from '../support/sign-in-story.ts';
import { staffOn } from '../support/staff-on.ts';
import { everything, watchRequests } from '../support/table.ts';

const minute = 60_000;

const it = signInStory.extend('desk', async ({ issuer, table, directory }) => {
  let passed = 0;
  const clock = () => new Date(Date.now() + passed);
  const answer = await openDesk(table, issuer.settings, { clock, directory });
  return {
    answer,
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

/** Sends a form and its confirmation. */
async function confirm(
  { browser, csrf }: { readonly browser: DeskBrowser; readonly csrf: string },
  path: string,
  fields: Readonly<Record<string, string>> = {},
) {
  const asked = await browser.post(path, { csrf, key: path, ...fields });
  const done = await browser.post(path, { csrf, key: path, ...fields, confirmed: 'yes' });
  return { asked: text(asked), done: text(done), status: done.status };
}

it('an admin invites a person, gives them another role and removes them: each holds at the next page', async ({
  desk,
  directory,
  table,
}) => {
  const admin = await desk.with('staff_admin');
  const invited = await confirm(admin, '/staff/invite', {
    ...{ name: 'Ada Lam', email: 'Ada@Example.org' },
    'roles/finance': 'yes',
  });
  expect(invited.asked).toContain('Ada Lam is invited at Ada@example.org. What they may do: finance.');
  expect(invited.done).toContain('Invited.');
  const id = (await directory.list()).find(({ name }) => name === 'Ada Lam')?.id ?? '';
  expect(text(await admin.browser.open('/staff/team'))).toContain('Invited: has not signed in yet.');
  const ada = await desk.with(id);
  expect(ada.home.html).toContain('href="/staff/audit"');

  const changed = await confirm(admin, `/staff/team/${id}/roles`, { 'roles/campaigns': 'yes' });
  expect(changed.asked).toContain('Ada Lam may do from now on: campaigns.');
  expect(await whereIs(ada)).toBe('at the sign-in');
  const log = text(await admin.browser.open(`/staff/team/staff_admin/audit`));
  expect(log).toContain('Changes by Rowan');
  const again = await desk.with(id);
  expect(again.home.html).not.toContain('href="/staff/audit"');
  expect(again.home.html).toContain('href="/staff/campaigns"');

  const removed = await confirm(admin, `/staff/team/${id}/remove`);
  expect(removed.done).toContain('This person cannot sign in any more.');
  expect(await whereIs(again)).toBe('at the sign-in');
  expect((await new DeskBrowser(desk.answer).signIn(id)).status).toBe(422);
  expect(removed.done).toMatch(/Removed \(1\).* Ada Lam/);

  const entries = (await everything(table, 'audit-entry')).map(({ before, after }) => ({ before, after }));
  expect(entries).toHaveLength(3);
  expect(entries).toEqual(
    expect.arrayContaining([
      { before: undefined, after: { state: 'invited', roles: 'finance' } },
      { before: { roles: 'finance' }, after: { roles: 'campaigns' } },
      { before: { state: 'active', roles: 'campaigns' }, after: { state: 'removed' } },
    ]),
  );
  expect(JSON.stringify(await everything(table))).not.toContain('xample.org');
});

it('a person who was removed comes back when the same address is invited again', async ({
  desk,
  directory,
}) => {
  const admin = await desk.with('staff_admin');
  await confirm(admin, '/staff/team/staff_door/remove');
  await confirm(admin, '/staff/invite', {
    ...{ name: 'Alder', email: 'ALDER@example.org' },
    'roles/families': 'yes',
  });
  const alder = (await directory.list()).filter(({ name }) => name === 'Alder');
  expect(alder).toEqual([
    expect.objectContaining({ id: 'staff_door', roles: ['families'], state: 'active' }),
  ]);
  expect((await desk.with('staff_door')).home.html).toContain('href="/staff/disbursements"');
});

it('an invitation is sent again to who has not signed in yet, with the roles that are given then', async ({
  desk,
  directory,
}) => {
  const admin = await desk.with('staff_admin');
  const ada = { name: 'Ada Lam', email: 'ada@example.org' };
  await confirm(admin, '/staff/invite', { ...ada, 'roles/finance': 'yes' });
  const again = await confirm(admin, '/staff/invite', { ...ada, key: 'again', 'roles/door': 'yes' });
  expect(again.done).toContain('Invited.');
  const found = (await directory.list()).filter(({ email }) => email === ada.email);
  expect(found).toEqual([expect.objectContaining({ roles: ['door'], state: 'invited' })]);
});

it('a second factor that was lost is reset: the person is signed out, and the log says so', async ({
  desk,
  table,
}) => {
  const [admin, hazel] = [await desk.with('staff_admin'), await desk.with('staff_finance')];
  const { done } = await confirm(admin, '/staff/team/staff_finance/second-factor');
  expect(done).toContain('asks for a new second factor');
  expect(await whereIs(hazel)).toBe('at the sign-in');
  expect(await everything(table, 'audit-entry')).toEqual([
    expect.objectContaining({
      object: { kind: 'staff', id: 'staff_finance' },
      after: { secondFactor: 'reset' },
    }),
  ]);
});

it('nobody removes themself, nobody takes away the last admin, no address is in the list twice; nothing is changed', async ({
  desk,
  directory,
  table,
}) => {
  const admin = await desk.with('staff_admin');
  const before = await directory.list();
  const own = await confirm(admin, '/staff/team/staff_admin/remove');
  expect([own.status, own.done]).toEqual([409, expect.stringContaining('Nobody can remove themself')]);
  const last = await confirm(admin, '/staff/team/staff_admin/roles', { 'roles/finance': 'yes' });
  expect([last.status, last.done]).toEqual([
    409,
    expect.stringContaining('Make another person an admin first'),
  ]);
  const twice = await confirm(admin, '/staff/invite', { name: 'Hazel', email: 'hazel@example.org' });
  expect([twice.status, twice.done]).toEqual([409, expect.stringContaining('is in the list already')]);
  const none = await confirm(admin, '/staff/team/nobody/roles', { 'roles/admin': 'yes' });
  expect(none.status).toBe(404);
  const wrong = await admin.browser.post('/staff/invite', {
    csrf: admin.csrf,
    key: 'x',
    name: '',
    email: 'ada',
  });
  expect([wrong.status, text(wrong)]).toEqual([422, expect.stringContaining('Please fill this in.')]);
  expect(await directory.list()).toEqual(before);
  expect(await everything(table, 'audit-entry')).toEqual([]);
});

it('where people sign in at a service of their own, the page says that they are kept there', async ({
  issuer,
  table,
}) => {
  const browser = new DeskBrowser(await openDesk(table, issuer.settings));
  const csrf = csrfIn(await browser.signIn('staff_admin'));
  const shown = text(await browser.open('/staff/team'));
  expect(shown).toContain('Your charity signs in at a service of its own.');
  expect(shown).toContain('Rowan · admin');
  expect(text(await browser.open('/staff/invite'))).toContain('People are invited and removed there');
  const sent = { csrf, key: 'x', name: 'Ada', email: 'ada@example.org', confirmed: 'yes' };
  expect((await browser.post('/staff/invite', sent)).status).toBe(409);
});
