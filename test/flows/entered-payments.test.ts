import { describe, expect } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { recordEnteredPayments } from '#giving/entered-payments/record-entered-payments.ts';
import { toClosedMonthItem } from '#kernel/ledger/closed-month-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { fieldsOf } from '../support/browser-form.ts';
import { withCharity } from '../support/charity.ts';
import { deskOn } from '../support/desk.ts';
import { now } from '../support/payments.ts';
import { ledgerLines } from '../support/readable-ledger.ts';
import { campaignStory } from '../support/story.ts';
import { everything, putAll } from '../support/table.ts';

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** A transfer as a volunteer types it. */
const typed = {
  means: 'fps',
  amount: 'HK$1,500',
  amountAgain: '',
  fund: 'education',
  day: '2026-11-20',
  reference: 'FPS 0042',
  name: 'Mei Chan',
  email: 'mei@example.org',
  language: 'zh-HK',
  thank: 'yes',
};

const it = campaignStory.extend('entering', async ({ table }) => {
  const at = (time = now) => deskOn(table, 'finance', time);
  const send = (fields: Readonly<Record<string, string>>, desk = at()) =>
    desk.send('/staff/enter-payment', fields);
  return {
    table,
    at,
    send,
    enter: (changes: Readonly<Record<string, string>> = {}) =>
      send({ ...typed, confirmed: 'yes', key: JSON.stringify(changes), ...changes }),
    sweep: (time: Date) => recordEnteredPayments({ table, now: time, random: () => 0 }),
    undo: (html: string, time: Date) => {
      const form = /<form method="post" action="([^"]+undo)">(.*?)<\/form>/s.exec(html);
      return at(time).send(form?.[1] ?? '', fieldsOf(form?.[2] ?? ''));
    },
  };
});

describe('money that came outside Stripe', () => {
  it('is said once more before it is entered, waits ten minutes, and is then booked, counted and thanked for', async ({
    entering: { table, at, send, sweep },
  }) => {
    const question = await send({ ...typed, key: 'k1' });
    expect(question.html).toContain(
      'HK$1,500.00 of Mei Chan for A child at school: FPS, received on 20 November 2026, reference FPS 0042. The donor is thanked by mail. On the page it is Anonymous.',
    );
    expect(await everything(table, 'entered-payment')).toEqual([]);
    const confirmed = fieldsOf(question.html.slice(question.html.indexOf('<main')));
    expect(await send(confirmed)).toMatchObject({ location: '/staff/entered-payments?done=entered' });
    expect((await send(confirmed)).status).toBe(303);
    expect(await everything(table, 'entered-payment')).toHaveLength(1);
    expect(await sweep(minutes(9))).toEqual({ booked: 0, waiting: 1 });
    expect(await everything(table, 'payment')).toEqual([]);
    expect(await sweep(minutes(10))).toEqual({ booked: 1, waiting: 0 });
    expect(await sweep(minutes(15))).toEqual({ booked: 0, waiting: 0 });
    expect((await ledgerLines(table)).map((line) => line.split(' | ').at(-1))).toEqual([
      'bank +1500.00, raised:education −1500.00',
    ]);
    const payment = (await everything(table, 'payment')).map(fromPaymentItem)[0];
    if (!payment) throw new Error('It is not booked.');
    expect(payment).toMatchObject({ source: 'bank', fund: 'education', month: '2026-11', language: 'zh-HK' });
    expect((await everything(table, 'outbox')).map(({ key }) => key)).toEqual([
      `gift-received/${payment.paymentId}`,
    ]);
    await projectPayments({ slug: payment.fund, gifts: [payment] }, { table });
    const page = (await at().get(`/staff/payments/${payment.paymentId}`)).html;
    expect(page).toContain('bank transfer or FPS');
    expect(page).not.toContain('/refund"');
    expect(page).not.toContain('Can be refunded');
    expect(page).toMatch(/To return it<\/dt><dd>[^<]*Pay it back by bank/);
    expect((await at().get('/staff/payments?q=mei%40example.org')).html).toContain('1 payment found');
    const latest = JSON.stringify((await everything(table, 'latest-gifts'))[0]);
    expect(latest).toContain('150000');
    expect(latest).not.toContain('Mei');
  });

  it('says of a name that waits for moderation that it does, and of another that it stands on the page', async ({
    entering: { send },
  }) => {
    const shown = { ...typed, mayShow: 'yes' };
    expect((await send(shown)).html).toContain('The name stands on the page.');
    const waits = (await send({ ...shown, name: 'www.spam.example 9123 4567' })).html;
    expect(waits).toContain('The name stands on the page once a person has approved it');
    expect(waits).not.toContain('stands on the page.');
  });

  it('has a name that waits moderated like those of donors: it leaves the list and stands on the page', async ({
    entering: { table, enter, sweep },
  }) => {
    await enter({ mayShow: 'yes', name: 'www.spam.example' });
    await sweep(minutes(10));
    const payment = (await everything(table, 'payment')).map(fromPaymentItem)[0];
    if (!payment) throw new Error('It is not booked.');
    const shown = async () => {
      await projectPayments({ slug: payment.fund, gifts: [payment] }, { table });
      return JSON.stringify((await everything(table, 'latest-gifts'))[0]);
    };
    expect(await shown()).not.toContain('spam');
    const admin = deskOn(table, 'admin', minutes(11));
    expect((await admin.get('/staff/comments')).html).toContain('www.spam.example');
    const page = (await admin.get(`/staff/payments/${payment.paymentId}`)).html;
    const path = /<form method="post" action="(\/staff\/names\/[^"]+)"/.exec(page)?.[1] ?? '';
    expect((await admin.send(path, { decision: 'show', key: 'm' })).status).toBe(303);
    expect((await admin.get('/staff/comments')).html).not.toContain('www.spam.example');
    expect(await shown()).toContain('www.spam.example');
  });

  it('has a receipt made out to another name, where the receiver may write receipts', async ({
    entering: { table, at, enter },
  }) => {
    expect((await at().get('/staff/enter-payment')).html).not.toContain('id="receiptName"');
    await withCharity({ section88: '91/12345' }, async () => {
      expect((await at().get('/staff/enter-payment')).html).toContain('id="receiptName"');
      expect((await enter({ receiptName: 'Chan Ltd', name: '', thank: '' })).html).toContain(
        'id="name-error"',
      );
      await enter({ receiptName: 'Chan Ltd' });
    });
    expect(await everything(table, 'person')).toMatchObject([{ name: 'Mei Chan', receiptName: 'Chan Ltd' }]);
  });

  it('can be undone within ten minutes, and not after: then nothing of it is left, and it can be entered again', async ({
    entering: { table, at, enter, sweep, undo },
  }) => {
    const before = await everything(table);
    await enter();
    const waiting = (await at(minutes(9)).get('/staff/entered-payments')).html;
    expect(waiting).toContain('HK$1,500.00 of Mei Chan');
    expect(waiting).toContain('To be booked at 20:10');
    expect(await undo(waiting, minutes(9))).toMatchObject({
      location: '/staff/entered-payments?done=undone',
    });
    const left = (await everything(table)).filter(
      ({ entity }) => !['once', 'audit-entry', 'audit-reference', 'email'].includes(String(entity)),
    );
    expect(left).toEqual(before);
    await enter({ key: 'again' });
    expect((await undo(waiting, minutes(10))).status).toBe(303);
    const again = (await at(minutes(11)).get('/staff/entered-payments')).html;
    expect(again).not.toContain('/undo"');
    expect(await sweep(minutes(20))).toEqual({ booked: 1, waiting: 0 });
  });

  it('is never both undone and booked, however the two meet', async ({
    entering: { table, at, enter, sweep },
  }) => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      await enter({ reference: `round ${round}` });
      const [item] = await everything(table, 'entered-payment');
      const undo = () =>
        at(minutes(9)).send(`/staff/entered-payments/${String(item?.id)}/undo`, { key: 'u' });
      const [first, second] = round % 2 ? [undo, () => sweep(minutes(10))] : [() => sweep(minutes(10)), undo];
      const begun = first();
      // Of two rounds the order is fixed, so that each outcome is seen; in the others the two race.
      if (round < 2) await begun;
      const both = [begun, second()];
      const undone = (await Promise.all(both)).some((each) => 'status' in each && each.status === 303);
      const booked = (await everything(table, 'payment')).some(({ paymentId }) => paymentId === item?.id);
      const people = (await everything(table, 'person')).filter(
        ({ checkoutId }) => checkoutId === item?.checkoutId,
      );
      expect([undone, people.length], `round ${round}`).toEqual([!booked, booked ? 1 : 0]);
      outcomes.add(booked ? 'booked' : 'undone');
    }
    expect([...outcomes].sort()).toEqual(['booked', 'undone']);
  });

  it('is one, however often the same money is entered', async ({ entering: { table, enter, sweep } }) => {
    await enter();
    const twice = await enter({ reference: ' fps 0042', name: 'Somebody Else', email: '', thank: '' });
    expect([twice.status, twice.html.includes('was entered before')]).toEqual([409, true]);
    await sweep(minutes(10));
    expect((await enter({ key: 'later' })).status).toBe(409);
    expect((await enter({ reference: 'FPS 0043' })).status).toBe(303);
    expect(await everything(table, 'payment')).toHaveLength(1);
  });

  it.for([
    ['day', { day: '2026-11-23' }, 'lies in the future'],
    ['day', { day: '2025-10-01' }, 'check its year'],
    ['day', { day: '2025-12-20' }, 'The books begin in 2026-01'],
    ['day', { day: '2026-02-30' }, 'no such day'],
    ['amountAgain', { amount: '50,000' }, 'is typed twice'],
    ['amountAgain', { amount: '50,000', amountAgain: '5,000' }, 'are not the same'],
    ['amount', { amount: '' }, 'Type an amount'],
    ['amount', { amount: '1.500,00' }, 'A comma stands'],
    ['email', { email: '' }, 'an address is needed'],
    ['email', { email: 'mei@' }, 'e-mail address'],
    ['name', { name: '' }, 'belongs a name'],
    ['name', { name: '', email: '', thank: '', mayShow: 'yes' }, 'A name is needed'],
    ['fund', { fund: 'nowhere' }, 'Please choose'],
    ['reference', { reference: '' }, ''],
    ['means', { means: 'gold' }, 'Please choose'],
  ] as const)(
    'says at the field %s what is wrong with %o, and leaves nothing behind',
    async ([field, changes, sentence], { entering: { table, send, enter } }) => {
      const before = await everything(table);
      for (const answer of [await send({ ...typed, ...changes }), await enter(changes)]) {
        expect(answer.status).toBe(422);
        expect(answer.html).toMatch(new RegExp(`id="${field}-error">[^<]*${sentence}`));
      }
      expect(await everything(table)).toEqual(before);
    },
  );

  it('of a closed month keeps its day and counts in the first open one: said before it is entered', async ({
    entering: { table, send },
  }) => {
    await putAll(table, [toClosedMonthItem('2026-10', now)]);
    const { html } = await send({ ...typed, day: '2026-10-05' });
    expect(html).toContain(
      'The books of October 2026 are closed: it keeps its day, and counts in the books of November 2026.',
    );
  });
});
