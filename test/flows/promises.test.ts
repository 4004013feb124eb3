import { describe, expect } from 'vitest';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import type { OutgoingMail } from '#apps/mailer/resend-gateway.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { recordEnteredPayments } from '#giving/entered-payments/record-entered-payments.ts';
import { lapseAfter, remindAfter, shownReference } from '#giving/promises/promise.ts';
import { fromPromiseItem } from '#giving/promises/promise-item.ts';
import { watchPromises } from '#giving/promises/watch-promises.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { charity } from '#platform/charity.ts';
import type { Table } from '#platform/table/table.ts';
import { withCharity } from '../support/charity.ts';
import { deskOn } from '../support/desk.ts';
import { readableLedger } from '../support/readable-ledger.ts';
import { siteOn } from '../support/site.ts';
import { staffOn } from '../support/staff-on.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const now = new Date('2026-11-22T04:00:00Z');
const filled = {
  slug: 'education',
  otherAmount: 'HK$1,234.50',
  way: 'fps',
  name: 'Juniper Example',
  email: 'juniper@example.org',
  displayName: 'Juniper',
  formKey: 'a-form',
};

/** The site, and the staff's desk, at a moment that the test moves on. */
const it = campaignStory.extend('promises', ({ table }) => {
  const clock = { now };
  const site = siteOn(table, 'http://127.0.0.1:1', { clock: () => clock.now });
  const show = async (path: string) => (await site.request(path)).text();
  const send = async (changes: Record<string, string> = {}, path = '/give') =>
    site.request(path, { method: 'POST', body: new URLSearchParams({ ...filled, ...changes }) });
  const stored = async () => (await everything(table, 'promise')).map(fromPromiseItem);
  return {
    clock,
    show,
    send,
    stored,
    /** Makes a promise; gives it with the page it led to. */
    make: async () => {
      const location = (await send()).headers.get('location') ?? '';
      const [promise] = await stored();
      if (!promise) throw new Error('Nothing was promised.');
      return { location, promise };
    },
    match: async (reference: string, changes: object = {}) => {
      const answer = await staffOn(table, clock.now, 'finance').request(
        `/api/staff/promises/${encodeURIComponent(reference)}/match`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': JSON.stringify(changes) },
          body: JSON.stringify({ amount: 123_450, day: '2026-11-22', account: 'bank', ...changes }),
        },
      );
      await book(table, clock.now);
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    listed: async () => {
      const answer = await staffOn(table, clock.now, 'finance').request('/api/staff/promises?month=2026-11');
      return ((await answer.json()) as { data: { reference: string }[] }).data.map((one) => one.reference);
    },
  };
});

/** The sweep, once the ten minutes of what was matched are over. */
const book = (table: Table, from: Date) =>
  recordEnteredPayments({ table, now: new Date(from.getTime() + 600_000), random: () => 0 });

const ledgerOf = async (table: Table) =>
  (await readableLedger(table)).split('\n').map((line) => line.split(/ +\| /).slice(1).join(' | '));

describe('the other ways to give', () => {
  it('stand on a page of their own, linked from each campaign that takes gifts, in both languages', async ({
    promises: { show },
  }) => {
    for (const [prefix, way] of [
      ['', 'FPS'],
      ['/zh', '轉數快'],
    ] as const) {
      const html = await show(`${prefix}/give?campaign=education`);
      expect(html).toContain(way);
      expect(html).toContain(charity.otherWays?.fps?.id);
      expect(html).toContain(charity.otherWays?.fps?.payee);
      expect(html).toMatch(/<option value="education" selected/);
      expect(html).not.toContain('value="soup-kitchen"');
      expect(await show(`${prefix}/campaigns/education`)).toContain(
        `href="${prefix}/give?campaign=education"`,
      );
    }
  });

  it('that are not configured are neither shown nor taken', async ({ promises: { show, send, stored } }) => {
    await withCharity({ otherWays: undefined }, async () => {
      expect(await show('/campaigns/education')).not.toContain('/give?campaign');
      expect(await show('/give')).not.toContain('<form');
      expect((await send()).status).toBe(422);
    });
    expect((await send({ way: 'cheque' })).status).toBe(422);
    expect(await stored()).toEqual([]);
  });
});

describe('a promise', () => {
  it('gets a reference of its own, and counts nothing', async ({
    table,
    promises: { make, show, listed },
  }) => {
    const { location, promise } = await make();
    expect(promise).toMatchObject({ fund: 'education', amount: 123_450, way: 'fps', state: 'open' });
    expect(location).toBe(`/give/${promise.checkoutId}`);
    const html = await show(location);
    for (const shown of [
      shownReference(promise.reference),
      'HK$1,234.50',
      charity.otherWays?.fps?.id ?? '',
    ]) {
      expect(html).toContain(shown);
    }
    expect(html).toContain('noindex');
    expect(html).not.toContain('juniper@example.org');
    expect(await listed()).toEqual([promise.reference]);
    expect(await everything(table, 'payment')).toEqual([]);
    expect(await everything(table, 'totals')).toEqual([]);
  });

  it('is one, however often and however much at once the form is sent; another sum is another promise', async ({
    promises: { send, stored },
  }) => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => send()));
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect(await stored()).toHaveLength(1);
    await send({ otherAmount: '500' });
    expect((await stored()).map(({ amount }) => amount).sort()).toEqual([123_450, 50_000].sort());
  });

  it.for<[string, Record<string, string>, RegExp]>([
    ['without a sum', { otherAmount: '' }, /href="#otherAmount"/],
    ['of a cent', { otherAmount: '0.01' }, /href="#otherAmount"/],
    ['of nothing typed', { otherAmount: '' }, />Please type an amount\.</],
    ['of ten million', { otherAmount: '10,000,000' }, /can be promised here/],
    ['in another currency', { otherAmount: 'US$50' }, /href="#otherAmount"/],
    ['without a name', { name: ' ' }, /href="#name"/],
    ['to no address', { email: 'juniper' }, /href="#email"/],
    ['of an unknown way', { way: 'gold' }, /role="status"/],
  ])(
    '%s is refused at its field, with what was typed, and leaves nothing behind',
    async ([_, changes, error], { table, promises: { send } }) => {
      const before = await everything(table);
      const answer = await send(changes);
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toMatch(error);
      expect(html).toContain(changes.name === undefined ? 'Juniper Example' : 'juniper@example.org');
      expect(await everything(table)).toEqual(before);
    },
  );

  it('for a campaign that has ended, or is not there, is refused', async ({ promises: { send, stored } }) => {
    expect((await send({ slug: 'soup-kitchen' })).status).toBe(409);
    expect((await send({ slug: 'no-such' })).status).toBe(404);
    expect(await stored()).toEqual([]);
  });

  it('floods no address: five an hour, from wherever they come', async ({ promises: { send, stored } }) => {
    for (let number = 1; number <= 5; number += 1) {
      expect((await send({ otherAmount: String(100 + number) })).status).toBe(303);
    }
    const sixth = await send({ otherAmount: '106' });
    expect([sixth.status, sixth.headers.has('retry-after')]).toEqual([429, true]);
    expect(await stored()).toHaveLength(5);
  });
});

describe('money that keeps a promise', () => {
  it('is booked for its campaign and donor, who is thanked and stands on the page', async ({
    table,
    promises: { make, match, show, stored },
  }) => {
    const { location, promise } = await make();
    expect(await match(shownReference(promise.reference))).toMatchObject({
      status: 200,
      body: { changed: true },
    });
    expect(await ledgerOf(table)).toEqual([
      `promise_${promise.reference} | payment | bank +1234.50, raised:education −1234.50`,
    ]);
    expect((await everything(table, 'outbox')).map(({ key }) => key).sort()).toEqual([
      `gift-received/promise_${promise.reference}`,
      `promise-made/${promise.reference}`,
    ]);
    const payments = (await everything(table, 'payment')).map(fromPaymentItem);
    expect(payments).toMatchObject([{ source: 'bank', checkoutId: promise.checkoutId }]);
    await projectPayments({ slug: 'education', gifts: payments }, { table });
    const [person] = await everything(table, 'person');
    expect(person?.ttl).toBeUndefined();
    expect(await show('/campaigns/education')).toContain('Juniper');
    expect(await stored()).toMatchObject([{ state: 'received' }]);
    expect(await show(location)).toContain('Your money has come.');
    expect(await everything(table, 'audit-entry')).toMatchObject([
      { action: 'payment.enter', object: { kind: 'promise', id: promise.reference } },
    ]);
  });

  it('is booked once, though it is matched by many at once or after a crash between its two steps', async ({
    table,
    promises: { make, match },
  }) => {
    const { promise } = await make();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => match(promise.reference)));
    expect(outcomes.filter(({ body }) => body.changed)).toHaveLength(1);
    expect(outcomes.every(({ status }) => status === 200)).toBe(true);
    expect(await everything(table, 'payment')).toHaveLength(1);
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
  });

  it('may be another sum; what comes twice, or otherwise, is refused with what to do', async ({
    table,
    promises: { make, match },
  }) => {
    const { promise } = await make();
    expect((await match(promise.reference, { amount: 100_000 })).status).toBe(200);
    const second = await match(promise.reference, { amount: 123_450 });
    expect(second).toMatchObject({ status: 409, body: { code: 'promise-received' } });
    expect(await ledgerOf(table)).toEqual([
      `promise_${promise.reference} | payment | bank +1000.00, raised:education −1000.00`,
    ]);
  });

  it.for<[string, object, string]>([
    ['of tomorrow', { day: '2026-11-23' }, '/day'],
    ['of no day', { day: '2026-02-30' }, '/day'],
    ['of before the books begin', { day: '2020-01-01' }, '/day'],
    ['of nothing', { amount: 0 }, '/amount'],
    ['in another account', { account: 'stripe' }, '/account'],
  ])(
    '%s is refused, naming the field',
    async ([_, changes, pointer], { table, promises: { make, match } }) => {
      const { promise } = await make();
      expect(await match(promise.reference, changes)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer }] },
      });
      expect(await everything(table, 'payment')).toEqual([]);
    },
  );

  it('agrees with the audit, and so does a promise that waits and one that its donor was reminded of', async ({
    table,
    promises: { make, send, match, clock },
  }) => {
    const { promise } = await make();
    await send({ otherAmount: '500' });
    clock.now = new Date(now.getTime() + remindAfter);
    await watchPromises({ table, now: clock.now });
    await match(promise.reference);
    const findings = await auditTable({
      table,
      now: new Date(clock.now.getTime() + 3_600_000),
      say: () => {},
    });
    expect(findings.named).toEqual([]);
    expect(findings.looked.get('5 messages')).toBeGreaterThan(4);
  });

  it('under a reference that is mistyped or nobody has is refused', async ({ promises: { make, match } }) => {
    const { promise } = await make();
    const mistyped = `${promise.reference.slice(0, 7)}${(Number(promise.reference[7]) + 1) % 10}`;
    expect((await match(mistyped)).status).toBe(404);
  });
});

describe('a promise whose money does not come', () => {
  it('lapses after four weeks; its money is taken all the same if it comes later', async ({
    table,
    promises: { make, match, clock, listed, show },
  }) => {
    const { location, promise } = await make();
    clock.now = new Date(now.getTime() + lapseAfter - 1);
    expect(await watchPromises({ table, now: clock.now })).toEqual({ reminded: 1, lapsed: 0 });
    clock.now = new Date(now.getTime() + lapseAfter);
    expect(await watchPromises({ table, now: clock.now })).toEqual({ reminded: 0, lapsed: 1 });
    expect(await watchPromises({ table, now: clock.now })).toEqual({ reminded: 0, lapsed: 0 });
    expect(await listed()).toEqual([]);
    expect(await show(location)).toContain('not waited for any more');
    expect((await match(promise.reference, { day: '2026-12-19' })).status).toBe(200);
    expect(await ledgerOf(table)).toHaveLength(1);
  });
});

describe('the mail about a promise', () => {
  const sent: OutgoingMail[] = [];
  const mailer = (table: Table, at: Date) => ({
    table,
    send: async (mail: OutgoingMail) => {
      sent.push(mail);
      return { kind: 'sent', resendId: `mail-${sent.length}` } as const;
    },
    clock: () => at,
    siteUrl: 'https://give.example.org',
  });

  it.for([
    ['/give', 'How to give to', 'Payee: DRINK FOR JUSTICE'],
    ['/zh/give', '如何捐助', '收款人：DRINK FOR JUSTICE'],
  ] as const)(
    'from %s says how to pay and under which reference, once',
    async ([path, subject, payee], { table, promises: { send, stored } }) => {
      sent.length = 0;
      await send({}, path);
      const [promise] = await stored();
      const key = `promise-made/${promise?.reference}`;
      expect(await sendMail(key, mailer(table, now))).toEqual({ kind: 'sent' });
      expect(await sendMail(key, mailer(table, now))).toEqual({ kind: 'already-sent' });
      expect(sent).toHaveLength(1);
      expect(sent[0]).toMatchObject({ to: 'juniper@example.org', subject: expect.stringContaining(subject) });
      for (const said of [
        payee,
        'HK$1,234.50',
        shownReference(promise?.reference ?? ''),
        'give@tideover.example',
      ]) {
        expect(sent[0]?.text).toContain(said);
      }
      expect(sent[0]?.html).not.toContain(promise?.checkoutId);
    },
  );

  it('reminds once, a week later, and not of what is kept', async ({
    table,
    promises: { make, match, clock },
  }) => {
    sent.length = 0;
    const { promise } = await make();
    const key = `promise-made/${promise.reference}`;
    clock.now = new Date(now.getTime() + remindAfter);
    expect(await watchPromises({ table, now: clock.now })).toEqual({ reminded: 1, lapsed: 0 });
    expect(await watchPromises({ table, now: clock.now })).toEqual({ reminded: 0, lapsed: 0 });
    expect(await sendMail(`${key}/due`, mailer(table, clock.now))).toEqual({ kind: 'sent' });
    expect(sent.map(({ subject }) => subject)).toEqual([expect.stringContaining('Still giving')]);
    await match(promise.reference);
    // The first mail was late: the promise is kept by now.
    expect(await sendMail(key, mailer(table, clock.now))).toEqual({
      kind: 'stopped',
      reason: 'promise-over',
    });
    expect(sent).toHaveLength(1);
    expect(await sendMail(`gift-received/promise_${promise.reference}`, mailer(table, clock.now))).toEqual({
      kind: 'sent',
    });
    expect(sent[1]?.subject).toContain('A child at school');
  });
});

describe('the promises at the desk', () => {
  it('are listed with name, sum and reference, and matched in two steps: sum, day and account, then yes', async ({
    table,
    promises: { make, stored },
  }) => {
    const { promise } = await make();
    const desk = deskOn(table, 'finance', now);
    const { html } = await desk.get('/staff/promises');
    for (const shown of [
      'HK$1,234.50 of Juniper Example',
      'A child at school',
      shownReference(promise.reference),
    ]) {
      expect(html).toContain(shown);
    }
    const at = `/staff/promises/${promise.reference}/match`;
    expect((await desk.get(at)).html).toMatch(/value="1234\.50"/);
    const fields = { amount: '1,200', day: '2026-11-21', account: 'bank' };
    const asked = await desk.send(at, fields);
    expect(asked.html).toContain('HK$1,200.00 came on 21 November 2026');
    expect(asked.html).toContain('The sum is another one than was promised.');
    expect(await everything(table, 'payment')).toEqual([]);
    const done = await desk.send(at, { ...fields, confirmed: 'yes' });
    expect([done.status, done.location]).toEqual([303, '/staff/promises?done=matched']);
    const waiting = await desk.get('/staff/promises');
    expect(waiting.html).toMatch(/Matched\. To be booked at 12:10.*href="\/staff\/entered-payments"/s);
    expect((await desk.get(at)).html).toContain('Matched. To be booked at 12:10');
    const undo = `/staff/entered-payments/promise_${promise.reference}/undo`;
    expect((await desk.get('/staff/entered-payments')).html).toContain(`action="${undo}"`);
    await desk.send(undo, { key: 'undo' });
    // The first form, sent once more, does not match it again.
    await desk.send(at, { ...fields, confirmed: 'yes' });
    await book(table, now);
    expect(await everything(table, 'payment')).toEqual([]);
    expect(await stored()).toMatchObject([{ state: 'open' }]);
    expect((await desk.get('/staff/promises')).html).toContain('HK$1,234.50 of Juniper Example');
    await desk.send(at, { ...fields, confirmed: 'yes', key: 'again' });
    await book(table, now);
    expect(await stored()).toMatchObject([{ state: 'received' }]);
    expect(await ledgerOf(table)).toEqual([
      `promise_${promise.reference} | payment | bank +1200.00, raised:education −1200.00`,
    ]);
    expect((await desk.get('/staff/promises')).html).not.toContain('Juniper');
    expect((await desk.get(at)).html).toContain('has come already');
  });
});
