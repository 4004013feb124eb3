import { describe, expect, vi } from 'vitest';
import type { OutgoingMail } from '#apps/mailer/resend-gateway.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { giftRefundedKey } from '#kernel/outbox/outbox.ts';
import { aCheckout, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { aRefund, bookGift, days, refundEvent } from '../support/refunds.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

/** A gift that is booked, and the mailer, which keeps what it sends. */
const it = campaignStory.extend('mailer', async ({ log: _, table }) => {
  await bookGift(table);
  const sent: { mail: OutgoingMail; key: string }[] = [];
  const ctx = { table, siteUrl: 'https://give.example.org', clock: () => days(1) };
  const tell = (type: 'refund.created' | 'refund.failed', refund: object) =>
    webhookOn(table).deliver(refundEvent(type, refund, { at: days(9) }));
  const send = (refundId: string) =>
    sendMail(giftRefundedKey(refundId), {
      ...ctx,
      send: (mail, key) => {
        sent.push({ mail, key });
        return Promise.resolve({ kind: 'sent', resendId: 'resend-id' });
      },
    });

  return { sent, ctx, tell, send };
});

describe('the mail about a refund', () => {
  it('says how much, of what, how much stays and when it shows; each part of a gift has its own', async ({
    mailer: { sent, tell, send },
  }) => {
    await tell('refund.created', aRefund(1));
    expect((await send('re_1')).kind).toBe('sent');
    await tell('refund.created', aRefund(2, { amount: 30_000 }));
    expect((await send('re_2')).kind).toBe('sent');
    const [part, rest] = sent;
    expect(part).toMatchObject({ key: 'gift-refunded/re_1', mail: { to: 'juniper@example.org' } });
    expect(part?.mail.tags).toEqual([
      { name: 'checkout', value: aCheckout(1).id },
      { name: 'mail', value: 'gift-refunded-re_1' },
    ]);
    for (const fact of [
      'HK$200.00',
      'HK$500.00',
      'HK$300.00 of it stays',
      '22 November 2026',
      '23 November 2026',
      '5 to 10',
    ]) {
      expect(part?.mail.text).toContain(fact);
    }
    expect(rest?.mail.text).toContain('HK$300.00');
    expect(rest?.mail.text).toContain('refunded in full');
    expect((await send('re_1')).kind).toBe('already-sent');
    expect(sent).toHaveLength(2);
  });

  it('is written in the donor’s language', async ({ table, mailer: { sent, tell, send } }) => {
    const checkout = aCheckout(2, { language: 'zh-HK' });
    await store(table, checkout);
    await webhookOn(table).deliver(sessionEvent(checkout));
    await tell('refund.created', aRefund(1, { payment_intent: 'pi_00000002', amount: 50_000 }));
    await send('re_1');
    expect(sent[0]?.mail.subject).toMatch(/退款通知$/);
    expect(sent[0]?.mail.text).toContain('您於2026年11月22日所捐的 HK$500.00 至此已全數退回');
  });

  it('is not sent for a refund that has failed by then, and a failure sends none', async ({
    table,
    mailer: { sent, tell, send },
  }) => {
    await tell('refund.created', aRefund(1));
    await tell('refund.failed', aRefund(1, { status: 'failed' }));
    expect((await send('re_1')).kind).toBe('stopped');
    expect(sent).toEqual([]);
    const waiting = (await everything(table, 'outbox')).filter(({ list }) => list !== undefined);
    expect(waiting.map(({ template }) => template)).toEqual(['gift-received']);
  });

  it('says the same at every attempt, whatever is refunded in between', async ({
    mailer: { sent, ctx, tell, send },
  }) => {
    await tell('refund.created', aRefund(1));
    const fail = vi.fn(() => Promise.resolve({ kind: 'failed-for-now', reason: 'down' } as const));
    await sendMail(giftRefundedKey('re_1'), { ...ctx, send: fail });
    await tell('refund.created', aRefund(2, { amount: 30_000 }));
    await send('re_1');
    expect(sent[0]?.mail).toEqual((fail.mock.calls[0] as unknown[])[0]);
  });
});
