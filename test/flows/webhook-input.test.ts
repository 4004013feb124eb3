import { describe, expect, it } from 'vitest';
import { aCheckout, outcomeOf, sessionEvent, sign, store, webhookOn } from '../support/payments.ts';
import { everything, freshTable } from '../support/table.ts';

describe('the webhook', () => {
  it('answers 400 and stores nothing for a missing, wrong, old or cut signature, and for changed bytes', async () => {
    const table = await freshTable();
    const { post } = webhookOn(table);
    const body = JSON.stringify(sessionEvent(aCheckout(1)));
    const old = new Date(Date.now() - 301_000);
    const attempts: [string, string, string | undefined][] = [
      ['missing', body, undefined],
      ['empty', body, ''],
      ['of another secret', body, sign(body, { secret: 'whsec_another' })],
      ['too old', body, sign(body, { at: old })],
      ['cut', body, sign(body).slice(0, -2)],
      ['of other bytes', body.replace('50000', '90000'), sign(body)],
      ['of no JSON', 'no JSON', sign('no JSON')],
    ];
    for (const [name, sent, signature] of attempts)
      expect((await post(sent, signature)).status, name).toBe(400);
    expect(await everything(table)).toEqual([]);
  });

  it('takes any content type, and bytes beyond ASCII, because only the signature decides', async () => {
    const table = await freshTable();
    const checkout = aCheckout(1);
    await store(table, checkout);
    const event = sessionEvent(checkout, { session: { client_reference_id: '荔枝角 – ✓' } });
    expect(await outcomeOf(await webhookOn(table).deliver(event))).toBe('booked');
  });

  it('refuses an event of the other mode, so that a test payment is never booked as money', async () => {
    const table = await freshTable();
    await store(table, aCheckout(1));
    const { deliver } = webhookOn(table, { livemode: true });
    expect((await deliver(sessionEvent(aCheckout(1)))).status).toBe(400);
    expect(await everything(table, 'gift')).toEqual([]);
  });

  it('answers 500 without a word of the cause when nothing was committed, so that Stripe sends the event again', async () => {
    const table = await freshTable();
    const response = await webhookOn({ ...table, name: 'no-such-table' }).deliver(sessionEvent(aCheckout(1)));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('no-such-table');
  });
});
