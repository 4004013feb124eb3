import { expect } from 'vitest';
import type { OutgoingMail } from '#apps/mailer/resend-gateway.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { fromOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { charity } from '#platform/charity.ts';
import { KeyedHash } from '#platform/ids.ts';
import { withCharity } from '../support/charity.ts';
import { hashKey } from '../support/desk.ts';
import { csrfIn, DeskBrowser, openDesk, type Shown } from '../support/desk-browser.ts';
import { signInStory } from '../support/sign-in-story.ts';
import { storeCampaigns } from '../support/site.ts';
import { place } from '../support/staff-api.ts';
import { everything } from '../support/table.ts';

const day = 86_400_000;
const text = ({ html }: Pick<Shown, 'html'>) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

const it = signInStory.extend('desk', async ({ issuer, table, directory }) => {
  await storeCampaigns(table);
  let passed = 0;
  const clock = () => new Date(Date.now() + passed);
  const hash = async () => new KeyedHash(hashKey);
  const answer = await openDesk(table, issuer.settings, { clock, directory, hash });
  const mails: OutgoingMail[] = [];
  const browserOf = async (person: string) => {
    const browser = new DeskBrowser(answer);
    return { browser, csrf: csrfIn(await browser.signIn(person)) };
  };
  const request = async (amount = '800') => {
    const { browser, csrf } = await browserOf('staff_families');
    const fields = { campaign: 'education', amount, category: 'rent', recipient: 'F-0042' };
    const sent = { ...fields, recipientKind: 'family', csrf, key: amount, confirmed: 'yes' };
    await browser.post('/staff/request-disbursement', sent);
    const all = await everything(table, 'disbursement');
    const id = String(all.find((each) => each.amount === Number(amount) * 100)?.id);
    return { browser, csrf, id, page: `/staff/second-person/passed-on/${id}` };
  };
  type Requested = Awaited<ReturnType<typeof request>>;
  const ask = async ({ browser, csrf, page }: Requested, trustee = 'Willow') => {
    const shown = await browser.post(page, { csrf, key: `ask ${trustee}`, trustee, confirmed: 'yes' });
    const send = async (mail: OutgoingMail) => {
      mails.push(mail);
      return { kind: 'sent', resendId: 'a-mail' } as const;
    };
    for (const item of await everything(table, 'outbox')) {
      await sendMail(fromOutboxItem(item).key, { table, send, clock, hash, siteUrl: place.siteUrl });
    }
    const link = /https?:\S+\/staff\/approve\/\w+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
    return { shown, link };
  };
  return {
    ...{ mails, request, ask, browserOf },
    /** Opens a link with a browser that is signed in nowhere, or presses its button. */
    open: (link: string) => new DeskBrowser(answer).open(link),
    press: (link: string, headers: Record<string, string> = {}) =>
      new DeskBrowser(answer).post(link, {}, headers),
    state: async (id: string) =>
      (await everything(table, 'disbursement')).find((each) => each.id === id)?.state,
    pass: (milliseconds: number) => {
      passed += milliseconds;
    },
  };
});

it('a trustee approves one payment by a mail, when no second person is there; the log names the trustee', async ({
  desk,
  table,
}) => {
  const requested = await desk.request();
  const page = await requested.browser.open(`/staff/disbursements/${requested.id}`);
  expect(page.html).toContain(`href="${requested.page}"`);
  const { shown, link } = await desk.ask(requested);
  expect(text(shown)).toContain('The trustee is asked by mail.');
  const [mail] = desk.mails;
  expect(mail).toMatchObject({ to: 'willow@tideover.example', replyTo: charity.replyTo });
  for (const fact of ['HK$800.00', 'Rent, for F-0042', 'Requested by: Aspen', 'Out of the fund:']) {
    expect(mail?.text).toContain(fact);
  }
  const before = await everything(table);
  const opened = await desk.open(link);
  expect(text(opened)).toContain('Approve HK$800.00? Dear Willow');
  expect(opened.html).not.toContain('/staff/payments');
  expect(Object.fromEntries(opened.headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'same-origin',
  });
  expect(await everything(table)).toEqual(before);
  expect(text(await desk.press(link))).toContain('Thank you. HK$800.00 can be paid out now.');
  expect(await desk.state(requested.id)).toBe('approved');
  const entries = await everything(table, 'audit-entry');
  expect(entries).toContainEqual(
    expect.objectContaining({
      actor: 'trustee Willow',
      action: 'passed-on.approve',
      after: { state: 'approved' },
    }),
  );
  expect(entries).toContainEqual(
    expect.objectContaining({
      actor: 'staff_families',
      action: 'second-person.ask',
      after: { trustee: 'Willow' },
    }),
  );
  const history = text(await requested.browser.open(`/staff/disbursements/${requested.id}`));
  expect(history).toContain('by the trustee Willow');
});

it('a link that is used twice, altered, older than a day, or of who is no trustee any more is refused in a sentence, and changes nothing', async ({
  desk,
  table,
}) => {
  const first = await desk.request();
  const { link } = await desk.ask(first);
  await desk.press(link);
  const again = await desk.press(link);
  expect([again.status, text(again)]).toEqual([409, expect.stringContaining('This link is over')]);
  expect((await desk.open(link)).status).toBe(409);

  const second = await desk.request('900');
  const other = await desk.ask(second);
  const altered = other.link.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const before = await everything(table);
  for (const address of [altered, `${other.link}0`, other.link.replace(/\w+$/, 'trl_0')]) {
    expect([(await desk.open(address)).status, (await desk.press(address)).status]).toEqual([404, 404]);
  }
  await withCharity(
    { trustees: [{ name: 'Maple', email: 'maple@example.org', language: 'en' }] },
    async () => {
      expect((await desk.press(other.link)).status).toBe(409);
    },
  );
  desk.pass(day);
  const late = await desk.press(other.link);
  expect([late.status, text(late)]).toEqual([409, expect.stringContaining('older than a day')]);
  expect(await everything(table)).toEqual(before);
});

it('a link approves the one payment that it was sent for, and none that is decided already', async ({
  desk,
}) => {
  const [one, other] = [await desk.request('700'), await desk.request('900')];
  const { link } = await desk.ask(one);
  await desk.press(link);
  expect([await desk.state(one.id), await desk.state(other.id)]).toEqual(['approved', 'requested']);
  const asked = await desk.ask(other);
  const { browser, csrf } = await desk.browserOf('staff_families');
  const cancel = `/staff/disbursements/${other.id}/cancel`;
  await browser.post(cancel, { csrf, key: 'c', reason: 'Not needed.', confirmed: 'yes' });
  const over = await desk.press(asked.link);
  expect([over.status, text(over)]).toEqual([409, expect.stringContaining('is decided already')]);
  expect(await desk.state(other.id)).toBe('cancelled');
});

it('no trustee is asked who requested it, or who asks, by whatever name they sign in', async ({
  desk,
  directory,
  table,
}) => {
  const requested = await desk.request();
  const hazel = await desk.browserOf('staff_finance');
  const before = await everything(table, 'trustee-link');
  const trustees = [
    { name: 'A. Requester', email: 'ASPEN@example.org', language: 'en' },
    { name: 'hazel', email: 'elsewhere@example.org', language: 'en' },
  ] as const;
  await withCharity({ trustees }, async () => {
    for (const trustee of ['A. Requester', 'hazel']) {
      const { shown } = await desk.ask({ ...requested, ...hazel }, trustee);
      expect([shown.status, text(shown)]).toEqual([409, expect.stringContaining('it takes another person')]);
    }
    const { shown } = await desk.ask(requested, 'Nobody');
    expect([shown.status, text(shown)]).toEqual([422, expect.stringContaining('Please choose one.')]);
  });
  expect(await everything(table, 'trustee-link')).toEqual(before);
  expect(desk.mails).toEqual([]);
  expect(await directory.list()).not.toEqual([]);
});

it('the table holds the secret of a link as a digest alone, and no mail address', async ({ desk, table }) => {
  const { link } = await desk.ask(await desk.request());
  const token = link.split('/').at(-1) ?? '';
  expect(token).toMatch(/^[0-9a-f]{32}$/);
  const stored = JSON.stringify(await everything(table));
  expect(stored).not.toContain(token);
  expect(stored).not.toContain('willow@');
});

it('a link’s button works on its own page alone: from elsewhere, or without an origin, it is refused', async ({
  desk,
}) => {
  const requested = await desk.request();
  const { link } = await desk.ask(requested);
  for (const origin of ['https://evil.example', 'null']) {
    expect((await desk.press(link, { origin })).status).toBe(403);
  }
  expect(await desk.state(requested.id)).toBe('requested');
});

it('a trustee is asked by who may see the step: to other roles there is none', async ({ desk, table }) => {
  const requested = await desk.request();
  const door = await desk.browserOf('staff_door');
  expect((await door.browser.open(requested.page)).status).toBe(403);
  const finance = await desk.browserOf('staff_finance');
  expect((await finance.browser.open('/staff/second-person/nothing/x')).status).toBe(404);
  expect((await finance.browser.open(requested.page)).html).toContain('<option value="Maple">Maple</option>');
  expect(await everything(table, 'trustee-link')).toEqual([]);
});

it('a mail to a trustee is written in their language, and its page too', async ({ desk }) => {
  const { link } = await desk.ask(await desk.request(), 'Maple');
  expect(desk.mails[0]?.subject).toContain('請您過目：HK$800.00');
  const shown = await desk.open(link);
  expect(text(shown)).toContain('批准 HK$800.00？ Maple，您好');
  expect(shown.html).toContain('lang="zh-Hant-HK"');
});
