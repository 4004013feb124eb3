import { describe, expect, it, vi } from 'vitest';
import { toMetadata } from '#payments/checkout/metadata.ts';
import { aCheckout, now, outcomeOf, sessionEvent, sign, store, webhookOn } from '../support/payments.ts';
import { subscribedEvents } from '../support/subscribed-events.ts';
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
    ];
    for (const [name, sent, signature] of attempts)
      expect((await post(sent, signature)).status, name).toBe(400);
    expect(await everything(table)).toEqual([]);
  });

  const whole = sessionEvent(aCheckout(1));
  const withSession = (changes: object) => ({
    ...whole,
    data: { object: { ...whole.data.object, ...changes } },
  });
  const warning = subscribedEvents(1)['radar.early_fraud_warning.created'];
  const half = '\ud800';
  it.each<[string, unknown, string]>([
    [
      'a warning of half a character',
      { ...warning, data: { object: { ...warning.data.object, fraud_type: half } } },
      'data.object.fraud_type',
    ],
    ['a payment of half a character', withSession({ payment_status: half }), 'data.object.payment_status'],
    [
      'a payment with half a character in metadata',
      withSession({ metadata: { ...toMetadata(aCheckout(1)), note: `a${half}` } }),
      'data.object.metadata.note',
    ],
    ['an event of half a version', { ...whole, api_version: half }, 'api_version'],
    ['text that is no JSON', 'no JSON', 'body'],
    ['null', null, 'body'],
    ['a number', 1, 'body'],
    ['a list', [], 'body'],
    ['an empty object', {}, 'id'],
    ['an event without a type', { ...whole, type: undefined }, 'type'],
    ['an event of no mode', { ...whole, livemode: undefined }, 'livemode'],
    ['an event of no time', { ...whole, created: null }, 'created'],
    ['an event without data', { ...whole, data: undefined }, 'data'],
    ['an event about null', { ...whole, data: { object: null } }, 'data.object'],
    ['an event about a list', { ...whole, data: { object: [] } }, 'data.object'],
    ['a payment without its id', withSession({ payment_intent: null }), 'data.object.payment_intent'],
    ['a payment without an amount', withSession({ amount_total: undefined }), 'data.object.amount_total'],
    ['a payment of half a cent', withSession({ amount_total: 0.5 }), 'data.object.amount_total'],
    ['a payment in no currency', withSession({ currency: null }), 'data.object.currency'],
  ])(
    'answers a signed body that is %s with 400, names the field there and in one log line, and rings the alarm that says so',
    async (_what, sent, field) => {
      const table = await freshTable();
      await store(table, aCheckout(1));
      const lines = vi.spyOn(console, 'log').mockImplementation(() => undefined);
      const body = sent === 'no JSON' ? sent : JSON.stringify(sent);
      const answer = await webhookOn(table).post(body, sign(body));
      const logged = lines.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
      lines.mockRestore();
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain(`no event that can be taken: ${field} is missing or wrong`);
      expect(logged).toEqual([
        expect.objectContaining({ level: 'error', event: 'EventUnusable', NeedsPerson: 1, field }),
      ]);
      expect(await everything(table, 'payment')).toEqual([]);
    },
  );

  const seconds = (time: Date) => Math.floor(time.getTime() / 1000);
  const days = (number: number) => seconds(now) + number * 86_400;
  const refund = subscribedEvents(1)['refund.created'];
  const payout = subscribedEvents(1)['payout.paid'];
  const about = (event: typeof refund | typeof payout, changes: object) => ({
    ...event,
    data: { object: { ...event.data.object, ...changes } },
  });
  it.each<[string, object, string]>([
    ['a payment of 2011', { ...whole, created: 1_300_000_000 }, 'created'],
    ['a payment of 2099', { ...whole, created: 4_070_908_800 }, 'created'],
    ['a payment of the day after tomorrow', { ...whole, created: days(1) + 1 }, 'created'],
    ['a payment of 401 days ago', { ...whole, created: days(-401) }, 'created'],
    ['a refund of 2011', about(refund, { created: 1_300_000_000 }), 'data.object.created'],
    ['a refund of next week', about(refund, { created: days(7) }), 'data.object.created'],
    ['a payout of 2099', about(payout, { created: 4_070_908_800 }), 'data.object.created'],
    [
      'a payout that arrives in a year',
      about(payout, { arrival_date: days(365) }),
      'data.object.arrival_date',
    ],
  ])(
    'books nothing for %s, answers 400 and rings the alarm: it would be in no month of the books',
    async (_what, event, field) => {
      const table = await freshTable();
      await store(table, aCheckout(1));
      const before = await everything(table);
      const lines = vi.spyOn(console, 'log').mockImplementation(() => undefined);
      const answer = await webhookOn(table, { clock: () => now }).deliver(event);
      const logged = lines.mock.calls.map(([line]) => JSON.parse(String(line)) as object);
      lines.mockRestore();
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(`: ${field} is`)]);
      expect(logged).toEqual([expect.objectContaining({ event: 'EventUnusable', field })]);
      expect(await everything(table)).toEqual(before);
    },
  );

  it.each([
    ['by a clock that is a day ahead of ours', 1],
    ['a month ago', -31],
    ['a year ago', -365],
  ])('books a payment that was made %s', async (_when, number) => {
    const table = await freshTable();
    await store(table, aCheckout(1));
    const { deliver } = webhookOn(table, { clock: () => now });
    expect(await outcomeOf(await deliver({ ...whole, created: days(number) }))).toBe('booked');
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
    expect(await everything(table, 'payment')).toEqual([]);
  });

  it('answers 500 without a word of the cause when nothing was committed, so that Stripe sends the event again', async () => {
    const table = await freshTable();
    const response = await webhookOn({ ...table, name: 'no-such-table' }).deliver(sessionEvent(aCheckout(1)));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('no-such-table');
  });
});
