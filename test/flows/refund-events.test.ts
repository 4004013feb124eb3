import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { aCheckout, outcomeOf, webhookOn } from '../support/payments.ts';
import { ledgerLines } from '../support/readable-ledger.ts';
import { aRefund, bookGift, booksOf, days, paymentId, refundEvent, standing } from '../support/refunds.ts';
import { story } from '../support/story.ts';
import { everything, freshTable, watchRequests } from '../support/table.ts';

const raised = 'raised:lai-chi-kok-warehouse';
const gift = `2026-11-22 | ${paymentId} | payment | stripe +500.00, ${raised} −500.00`;
const line = (day: string, source: string, sign: '+' | '−', amount: string) =>
  `${day} | ${source} | ${sign === '+' ? 'refund' : 'refund-failed'} | ${raised} ${sign}${amount}, stripe ${sign === '+' ? '−' : '+'}${amount}`;

describe('a refund that Stripe reports', () => {
  /** The webhook on a table where one gift is booked. */
  const it = story.extend('deliver', { auto: true }, async ({ log: _, table }) => {
    await bookGift(table);
    return async (event: object) => outcomeOf(await webhookOn(table).deliver(event));
  });

  it('in part: takes it from the campaign in the month of the refund, keeps the supporter, and sends the donor one mail', async ({
    log,
    table,
    deliver,
  }) => {
    const created = refundEvent('refund.created', aRefund(10));
    expect(await deliver(created)).toBe('refunded');
    expect(await deliver(created)).toBe('duplicate');
    expect(await deliver(refundEvent('refund.updated', aRefund(10)))).toBe('duplicate');
    expect(await ledgerLines(table)).toEqual([gift, line('2026-12-02', 're_10', '+', '200.00')]);
    expect(await standing(table)).toEqual({
      refunded: 20_000,
      reserved: 0,
      checkout: 'paid',
      raised: 30_000,
      supporters: 1,
      months: { '2026-11': 50_000, '2026-12': -20_000 },
    });
    const mails = (await everything(table, 'outbox')).map(({ key }) => key).sort();
    expect(mails).toEqual([`gift-received/${paymentId}`, 'gift-refunded/re_10']);
    expect(log.metrics).toEqual([]);
  });

  it('in several parts: the last one takes the supporter and makes the checkout refunded', async ({
    table,
    deliver,
  }) => {
    await deliver(refundEvent('refund.created', aRefund(1)));
    await deliver(refundEvent('refund.created', aRefund(2, { amount: 29_999 })));
    expect(await standing(table)).toMatchObject({ checkout: 'paid', raised: 1, supporters: 1 });
    await deliver(refundEvent('refund.created', aRefund(3, { amount: 1 })));
    expect(await standing(table)).toMatchObject({ checkout: 'refunded', raised: 0, supporters: 0 });
    expect(await ledgerLines(table)).toEqual([
      gift,
      line('2026-11-23', 're_1', '+', '200.00'),
      line('2026-11-24', 're_2', '+', '299.99'),
      line('2026-11-25', 're_3', '+', '0.01'),
    ]);
  });

  it('counts while it is pending, and says so until it has arrived', async ({ table, deliver }) => {
    const status = async () => {
      const at = keys.refund('re_1');
      return (await readItems(table, [at], { consistent: true })).itemAt(at)?.status;
    };
    await deliver(refundEvent('refund.created', aRefund(1, { status: 'pending' })));
    expect([await status(), (await standing(table)).raised]).toEqual(['pending', 30_000]);
    await deliver(refundEvent('refund.updated', aRefund(1)));
    expect([await status(), (await standing(table)).raised]).toEqual(['succeeded', 30_000]);
    await deliver(refundEvent('refund.created', aRefund(1, { status: 'pending' })));
    expect(await status()).toBe('succeeded');
  });

  it('that fails weeks after it succeeded: everything is back, in the month of the failure, and it is listed for a person', async ({
    log,
    table,
    deliver,
  }) => {
    const whole = aRefund(1, { amount: 50_000 });
    await deliver(refundEvent('refund.created', whole));
    expect(await standing(table)).toMatchObject({ checkout: 'refunded', raised: 0, supporters: 0 });
    const failed = refundEvent('refund.failed', { ...whole, status: 'failed' }, { at: days(30) });
    expect(await deliver(failed)).toBe('refund-failed');
    expect(await deliver(failed)).toBe('duplicate');
    expect(await ledgerLines(table)).toEqual([
      gift,
      line('2026-11-23', 're_1', '+', '500.00'),
      line('2026-12-22', 're_1', '−', '500.00'),
    ]);
    expect(await standing(table)).toEqual({
      refunded: 0,
      reserved: 0,
      checkout: 'paid',
      raised: 50_000,
      supporters: 1,
      months: { '2026-11': 0, '2026-12': 50_000 },
    });
    expect(await everything(table, 'attention')).toMatchObject([{ kind: 'refund-failed', id: 're_1' }]);
    expect(log.metrics).toMatchObject([{ event: 'RefundNeedsPerson' }]);
    expect((await everything(table, 'outbox')).map(({ key }) => key)).not.toContain('refund-failed/re_1');
  });

  it('that is canceled before it went out is reversed like a failed one', async ({ table, deliver }) => {
    await deliver(refundEvent('refund.created', aRefund(1, { status: 'requires_action' })));
    const canceled = aRefund(1, { status: 'canceled' });
    const previous = { status: 'requires_action' };
    const event = refundEvent('refund.updated', canceled, { at: days(2), previous });
    expect(await deliver(event)).toBe('refund-failed');
    const later = refundEvent('refund.updated', canceled, { at: days(3), previous: { metadata: {} } });
    expect(await deliver(later)).toBe('duplicate');
    expect((await standing(table)).raised).toBe(50_000);
  });

  it('above the refundable amount is booked, because Stripe did it, and is listed for a person', async ({
    log,
    table,
    deliver,
  }) => {
    await deliver(refundEvent('refund.created', aRefund(1, { amount: 40_000 })));
    expect(await deliver(refundEvent('refund.created', aRefund(2)))).toBe('refunded');
    expect(await standing(table)).toMatchObject({ raised: -10_000, supporters: 0, refunded: 60_000 });
    expect(await everything(table, 'attention')).toMatchObject([
      { kind: 'refund-above-left', id: paymentId },
    ]);
    expect(log.metrics).toMatchObject([{ event: 'RefundNeedsPerson' }]);
  });

  it('of no payment is not ours', async ({ table, deliver }) => {
    const refund = aRefund(2, { payment_intent: null });
    expect(await deliver(refundEvent('refund.created', refund))).toBe('not-ours');
    expect((await standing(table)).raised).toBe(50_000);
  });

  it('in another currency is listed for a person once and moves nothing, whatever reports it', async ({
    table,
    deliver,
  }) => {
    const refund = aRefund(1, { currency: 'usd', amount: 10_000 });
    expect(await deliver(refundEvent('refund.created', refund))).toBe('listed');
    expect(await deliver(refundEvent('refund.created', refund))).toBe('duplicate');
    expect(await deliver(refundEvent('refund.failed', refund))).toBe('duplicate');
    expect((await standing(table)).raised).toBe(50_000);
    const reason = '10000 of the smallest unit of USD';
    expect(await everything(table, 'attention')).toMatchObject([
      { kind: 'other-currency', id: refund.id, paymentId, reason },
    ]);
  });

  it('is booked also when the checkout is not there any more', async ({ table, deliver }) => {
    const { pk, sk } = keys.checkout(aCheckout(1).id);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    expect(await deliver(refundEvent('refund.created', aRefund(1, { amount: 50_000 })))).toBe('refunded');
    expect((await standing(table)).raised).toBe(0);
  });

  it('costs the webhook one read and one transaction of six items', async ({ table, deliver }) => {
    const sent = watchRequests(table);
    await deliver(refundEvent('refund.created', aRefund(1, { amount: 50_000 })));
    const wrote = sent.filter(({ operation }) => operation === 'TransactWriteItems');
    expect(sent.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'TransactWriteItems']);
    expect(wrote[0]?.input.TransactItems).toHaveLength(6);
  });
});

describe('duplicate events about refunds, in any order', () => {
  const it = story;

  const whole = aRefund(2, { amount: 30_000, status: 'pending' });
  const events = [
    refundEvent('refund.created', aRefund(1)),
    refundEvent('refund.created', whole),
    refundEvent('refund.updated', { ...whole, status: 'succeeded' }),
    refundEvent('refund.failed', { ...whole, status: 'failed' }, { at: days(40) }),
    refundEvent('refund.created', aRefund(3, { amount: 29_000 })),
  ];
  const bookAll = async (table: Table, order: readonly object[], inParallel: boolean) => {
    await bookGift(table);
    const deliver = async (event: object) =>
      expect(await outcomeOf(await webhookOn(table).deliver(event))).not.toMatch(/status/);
    if (inParallel) await Promise.all(order.map(deliver));
    else for (const event of order) await deliver(event);
    return booksOf(table);
  };

  it('give the same books as each event once in order, one after the other and in parallel', async ({
    log: _,
  }) => {
    const expected = await bookAll(await freshTable(), events, false);
    expect(expected.totals).toMatchObject({ raised: 1000, supporters: 1 });
    const copies = fc.shuffledSubarray([...events, ...events], { minLength: 10, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(copies, fc.boolean(), async (order, inParallel) => {
        expect(await bookAll(await freshTable(), order, inParallel)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  const inTheSameMoment = async (table: Table) => {
    await bookGift(table);
    readBeforeAnyWrites(table, 3);
    const reported = [aRefund(1), aRefund(1), aRefund(2)];
    await Promise.all(
      reported.map((refund) => webhookOn(table).deliver(refundEvent('refund.created', refund))),
    );
    return standing(table);
  };

  it('would count a refund twice, and lose another, if nothing were asked when it is written', async ({
    log: _,
    table,
  }) => {
    takeConditionsAway(table);
    expect(await inTheSameMoment(table)).toMatchObject({ refunded: 20_000, raised: -10_000 });
  });

  it('count each once when all were read before any was written', async ({ log: _, table }) => {
    expect(await inTheSameMoment(table)).toMatchObject({ refunded: 40_000, raised: 10_000 });
  });
});

/** Holds the first reads back until there are so many: the worst order of reading and writing. */
function readBeforeAnyWrites(table: Table, reads: number): void {
  let open = (): void => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  let begun = 0;
  table.client.middlewareStack.add(
    (next, context) => async (args) => {
      const read = (context as { commandName?: string }).commandName === 'BatchGetItemCommand';
      const answer = await next(args);
      if (read) begun += 1;
      if (begun === reads) open();
      if (read && begun <= reads) await all;
      return answer;
    },
    { step: 'initialize', name: 'readBeforeAnyWrites' },
  );
}

/** Takes every condition away: a system that writes what it decided, whatever happened since it read. */
function takeConditionsAway(table: Table): void {
  type Write = {
    ConditionExpression?: string;
    ExpressionAttributeValues?: Record<string, unknown>;
    UpdateExpression?: string;
  };
  table.client.middlewareStack.add(
    (next) => (args) => {
      const { TransactItems = [] } = args.input as { TransactItems?: Record<string, Write>[] };
      for (const write of TransactItems.flatMap((item) => Object.values(item))) {
        delete write.ConditionExpression;
        // DynamoDB refuses values that no expression uses.
        for (const name of Object.keys(write.ExpressionAttributeValues ?? {})) {
          if (!new RegExp(`${name}\\b`).test(write.UpdateExpression ?? ''))
            delete write.ExpressionAttributeValues?.[name];
        }
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'takeConditionsAway' },
  );
}
