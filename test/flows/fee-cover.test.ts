import { describe, expect } from 'vitest';
import { summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import type { OutgoingMail } from '#apps/mailer/resend-gateway.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { giftReceivedKey, giftRefundedKey } from '#kernel/outbox/outbox.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { campaignPath, fieldsOf, filledIn, sendForm } from '../support/browser-form.ts';
import { testWithCharity, withCharity } from '../support/charity.ts';
import { payOnPage, sessionsOf } from '../support/local-stripe.ts';
import { aCheckout, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { readableLedger } from '../support/readable-ledger.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const form = {
  ...filledIn,
  amount: '50000',
  otherAmount: '',
  coverFee: 'yes',
  hideAmount: 'no',
  message: '',
};

// The sums below are reckoned by these rates.
testWithCharity({ feesBorneBy: 'receiver', cardFee: { basisPoints: 340, fixed: 235 } });

/** A donor who covers the fee. */
const it = campaignStory
  .extend('covering', ({ table, localStripe, stripe }) => {
    const app = () => siteOn(table, localStripe.url);
    const json = async (path: string) =>
      (await app().request(path)).json() as Promise<Record<string, unknown>>;
    const follow = async (type: string) => {
      const { data } = await stripe.events.list({ type, limit: 10 });
      for (const event of data) expect((await webhookOn(table).deliver(event)).status).toBe(200);
    };
    const mailed: OutgoingMail[] = [];
    const send = async (key: string) => {
      const sent = await sendMail(key, {
        table,
        siteUrl: 'https://give.example.org',
        clock: () => new Date(),
        send: (mail) => {
          mailed.push(mail);
          return Promise.resolve({ kind: 'sent', resendId: 'resend-id' });
        },
      });
      expect(sent.kind).toBe('sent');
      return mailed.at(-1)?.text ?? '';
    };

    return { app, json, follow, send };
  })
  .extend('donor', { auto: true }, async ({ log: _, table }) => {
    const page = async (path: string) => (await siteOn(table, '').request(path)).text();
    const deliver = async (event: object) => outcomeOf(await webhookOn(table).deliver(event));
    const books = async () => {
      const [booked] = await everything(table, 'payment');
      const attention = (await everything(table, 'attention')).map(({ kind }) => kind);
      const parts = booked && fromPaymentItem(booked).parts;
      return [parts?.gift, parts?.cover, ...attention];
    };
    return { page, deliver, books };
  });

describe('a donor who covers the fee', () => {
  it('sees two lines at Stripe, finds both in books, pages and mails, and gets both back', async ({
    table,
    localStripe,
    stripe,
    covering: { app, json, follow, send },
  }) => {
    expect((await sendForm(app(), form)).status).toBe(303);
    const session = (await sessionsOf(localStripe)).at(-1);
    if (!session) throw new Error('No Session was made.');
    const lines = (await stripe.checkout.sessions.listLineItems(session.id)).data;
    expect(lines.map(({ amount_total: amount }) => amount)).toEqual([50_000, 2003]);
    expect(lines[1]?.description).toBe('Towards the card fee');
    expect(session.metadata).toMatchObject({ gift: '50000', cover: '2003' });
    const hosted = await (await fetch(session.url ?? '')).text();
    for (const sum of ['500.00', '20.03', '520.03']) expect(hosted).toContain(sum);

    await payOnPage(localStripe, session.id);
    await follow('checkout.session.completed');
    const [booked] = await everything(table, 'payment');
    expect(booked).toMatchObject({ parts: { gift: 50_000, sales: 0, cover: 2003 } });
    const paymentId = String(booked?.paymentId);
    expect(await json(`/api/campaigns/${slug}`)).toMatchObject({
      raised: 50_000,
      supporters: 1,
      month: { raised: 50_000 },
    });
    expect(await json(`/api/campaigns/${slug}/gifts`)).toMatchObject({ data: [{ amount: 50_000 }] });
    const checkoutId = String(session.client_reference_id);
    expect(await json(`/api/checkouts/${checkoutId}`)).toMatchObject({ amount: 52_003, cover: 2003 });
    const thanks = await (await app().request(`/thanks/${checkoutId}`)).text();
    expect(thanks).toContain('Your gift of HK$500.00 has arrived safely, and HK$20.03 towards the card fee.');
    const text = await send(giftReceivedKey(paymentId));
    expect(text).toContain('HK$500.00\nand HK$20.03 towards the card fee, HK$520.03 in all\n');
    const staff = createStaffApp({
      random: Math.random,
      table,
      clock: () => new Date(),
      actorOf: () => ({ id: 'sub-1', roles: ['campaigns'] }),
    });
    expect(await (await staff.request(`/api/staff/gifts/${paymentId}`)).json()).toMatchObject({
      amount: 50_000,
      cover: 2003,
    });

    // Stripe makes the balance transaction a moment after the payment; its fee is of all that was paid.
    await expect
      .poll(() => recordFees({ table, stripe, now: new Date(Date.now() + 2000) }), { timeout: 10_000 })
      .toEqual({ booked: 1, unassigned: 0 });
    await summarizeFunds({}, { table, now: new Date() });
    expect(await json(`/api/campaigns/${slug}/money`)).toMatchObject({
      total: { received: 50_000, cover: 2003, fees: 2003, held: 50_000 },
    });

    const refund = await stripe.refunds.create({ payment_intent: paymentId });
    await follow('refund.created');
    const moved = (await readableLedger(table)).split('\n').map((row) => row.split(' | ').at(-1));
    expect(moved.sort()).toEqual([
      'fee +20.03, stripe −20.03',
      `raised:${slug} +500.00, cover +20.03, stripe −520.03`,
      `stripe +520.03, raised:${slug} −500.00, cover −20.03`,
    ]);
    const reported = await send(giftRefundedKey(refund.id));
    expect(reported).toContain('Of the HK$520.03 that you paid, HK$20.03 was added towards the card fee.');
    expect(await json(`/api/campaigns/${slug}`)).toMatchObject({ raised: 0, supporters: 0 });
    await summarizeFunds({}, { table, now: new Date() });
    expect(await json(`/api/campaigns/${slug}/money`)).toMatchObject({
      total: { received: 50_000, refunded: 50_000, cover: 0, held: 0 },
    });
  });

  it('finds the box ticked again after coming back from Stripe, after an error, and at the question', async ({
    localStripe,
    covering: { app, follow },
  }) => {
    await sendForm(app(), form);
    const first = (await sessionsOf(localStripe)).at(-1);
    const back = new URL(first?.cancel_url ?? '');
    const kept = fieldsOf(await (await app().request(`${back.pathname}${back.search}`)).text());
    expect(kept).toMatchObject({ amount: '50000', coverFee: 'yes' });
    const wrong = await sendForm(app(), { ...form, formKey: 'wrong', name: '' });
    expect(wrong.status).toBe(422);
    expect(fieldsOf(await wrong.text())).toMatchObject({ amount: '50000', coverFee: 'yes' });

    await payOnPage(localStripe, first?.id ?? '');
    await follow('checkout.session.completed');
    const question = await sendForm(app(), { ...form, formKey: 'another' });
    expect(question.status).toBe(409);
    expect(fieldsOf(await question.text())).toMatchObject({ coverFee: 'yes', again: 'yes' });
  });

  it('is asked anew by Stripe when the box changes: another cover is another checkout, and one can be paid', async ({
    localStripe,
    covering: { app },
  }) => {
    await sendForm(app(), form);
    const first = (await sessionsOf(localStripe)).at(-1);
    const checkout = first?.client_reference_id ?? '';
    const { coverFee: _, ...without } = form;
    await sendForm(app(), { ...without, formKey: 'second', checkout });
    const sessions = await sessionsOf(localStripe);
    expect(sessions.map(({ amount_total: amount, status }) => [amount, status])).toEqual([
      [52_003, 'expired'],
      [50_000, 'open'],
    ]);
  });
});

describe('the box for the card fee', () => {
  it.for([
    [campaignPath, '<b>HK$20.03</b> (HK$520.03 in all)', '3.4% + HK$2.35', 'usually'],
    [
      `/zh${campaignPath}`,
      '<b>HK$20.03</b>（合共 HK$520.03）',
      '約 3.4% + HK$2.35（按付款總額計算），通常足以支付信用卡手續費',
      '通常',
    ],
  ] as const)(
    'of %s names every amount’s exact sum, promises nothing, and is not ticked',
    async ([path, said], { donor: { page } }) => {
      const html = await page(path);
      const text = html.replaceAll(/<[^>]*>/g, '');
      for (const words of said) expect(html + text).toContain(words);
      expect(fieldsOf(html)).not.toHaveProperty('coverFee');
      const levels = [...html.matchAll(/type="radio" name="amount" value="(\d+)"/g)];
      const sums = html.slice(html.indexOf('<span class="covers by">'), html.indexOf('id="coverFee-hint"'));
      expect(sums.match(/<b>HK\$/g)).toHaveLength(levels.length);
      expect(html).not.toMatch(/\bexactly\b|剛好|恰好/);
    },
  );

  it('names the sum of an amount that a link or a donor chose', async ({ donor: { page } }) => {
    expect(await page(`${campaignPath}?amount=123.40`)).toContain('<b>HK$6.78</b> (HK$130.18 in all)');
  });

  it('is not there, and the API says that it is not offered, where no rates are configured', async ({
    table,
    donor: { page },
  }) => {
    await withCharity({ cardFee: undefined }, async () => {
      const html = await page(campaignPath);
      expect(html).not.toContain('coverFee');
      expect(html).not.toContain('3.4%');
      const answer = await postCheckout(siteOn(table, ''), { ...gift, coverFee: true });
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ code: 'not-offered', errors: [{ pointer: '/coverFee' }] });
      expect(await everything(table, 'checkout')).toEqual([]);
    });
  });
});

describe('a payment whose parts are not what was asked for', () => {
  const covered = aCheckout(1, { amount: 52_003, cover: 2003 });

  it.for([
    ['as asked for', {}, 'booked', [50_000, 2003]],
    ['less', { amount_total: 51_000 }, 'mismatch', [50_000, 1000, 'booking-mismatch']],
    ['less than the gift', { amount_total: 40_000 }, 'mismatch', [40_000, 0, 'booking-mismatch']],
    ['more', { amount_total: 60_000 }, 'mismatch', [57_997, 2003, 'booking-mismatch']],
  ] as const)(
    '%s is booked as Stripe took it',
    async ([_, session, outcome, expected], { table, donor: { deliver, books } }) => {
      await store(table, covered);
      expect(await deliver(sessionEvent(covered, { session }))).toBe(outcome);
      expect(await books()).toEqual(expected);
    },
  );

  it('is listed for a person also where only the split differs', async ({
    table,
    donor: { deliver, books },
  }) => {
    await store(table, covered);
    const session = { metadata: { ...toMetadata(covered), gift: '52003', cover: '0' } };
    expect(await deliver(sessionEvent(covered, { session }))).toBe('mismatch');
    expect(await books()).toEqual([52_003, 0, 'booking-mismatch']);
  });

  it('keeps its cover while it waits for its checkout', async ({ table, donor: { deliver } }) => {
    expect(await deliver(sessionEvent(covered))).toBe('parked');
    expect(await everything(table, 'parked')).toMatchObject([{ parts: { gift: 50_000, cover: 2003 } }]);
  });
});
