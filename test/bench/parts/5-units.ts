import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { decidePayment } from '#payments/payment/payment.ts';
import { toPaymentItem } from '#payments/payment/payment-item.ts';
import { keys, outboxShards, paymentShards, totalsShards } from '#platform/table/keys.ts';
import { fullRequest, giveMetered, storeFullCampaign } from '../../support/gift-way.ts';
import { paidCheckout } from '../../support/paid-checkout.ts';
import { type Meter, meterTable, unitsByStep } from '../../support/write-meter.ts';
import type { Bench, Figure, Part } from '../figures.ts';
import { largestShare } from '../shares.ts';

/** One gift from the form to the sent mail, while the twenty newest gifts show comments of the given length. */
async function give(bench: Bench, words: number, request: object = fullRequest): Promise<Meter> {
  const table = await bench.freshTable();
  await storeFullCampaign(table, { words });
  const meter = meterTable(table, await bench.dynamodbUrl());
  await giveMetered(table, meter, 1, request);
  return meter;
}

function total(meter: Meter, step?: string): { table: number; index: number } {
  const steps = unitsByStep(meter.writes).filter((each) => step === undefined || each.step === step);
  return steps.reduce((sum, each) => ({ table: sum.table + each.table, index: sum.index + each.index }), {
    table: 0,
    index: 0,
  });
}

function tell(bench: Bench, meter: Meter): void {
  for (const { step, entity, pk, bytes, units, indexUnits } of meter.writes) {
    const index = indexUnits > 0 ? ` + ${indexUnits} index` : '';
    bench.say(`  ${step.padEnd(16)} ${entity.padEnd(13)} ${bytes} bytes, ${units}${index} units  ${pk}`);
  }
}

async function units(bench: Bench): Promise<Figure[]> {
  const meter = await give(bench, 0);
  tell(bench, meter);
  const steps = unitsByStep(meter.writes).flatMap(({ step, table, index }): Figure[] => {
    const name = step.split(' ')[0] ?? step;
    const requests = meter.requests.filter((request) => request.step === step).length;
    return [
      {
        id: `units.${name}`,
        value: table + index,
        unit: 'units',
        text: `${table} of the table, ${index} of the index`,
      },
      { id: `units.${name}-requests`, value: requests, unit: 'requests', text: `to the table: ${step}` },
    ];
  });
  const { table, index } = total(meter);
  const shown = total(await give(bench, 300));
  const short = total(await give(bench, 0, { ...fullRequest, message: undefined, marketingConsent: false }));
  return [
    ...steps,
    { id: 'units.of-index', value: index, unit: 'units', text: 'those of the index in the total' },
    {
      id: 'units.without-words',
      value: short.table + short.index,
      unit: 'units',
      text: 'a gift whose donor writes no comment',
    },
    {
      id: 'units.total',
      value: table + index,
      unit: 'units',
      text: 'from the form to the sent mail, with 300 Chinese characters of words',
    },
    {
      id: 'units.total-with-words-shown',
      value: shown.table + shown.index,
      unit: 'units',
      text: 'the same while each of the newest twenty shows 300 characters',
    },
  ];
}

/** How evenly the product's own keys spread 64,000 gifts of one hour over what is sharded. */
function shares(bench: Bench): Figure[] {
  const count = bench.tiny ? 2_000 : 64_000;
  const at = new Date('2026-11-22T12:00:00.000Z');
  const gifts = Array.from({ length: count }, (_, index) => {
    const paymentId = `pi_3${index.toString(36).padStart(23, 'Q')}`;
    const paid = { paymentId, checkoutId: `chk_${index}`, fund: 'warehouse', amount: 1_000, at };
    return decidePayment(paidCheckout(paid)).payment;
  });
  const outbox = gifts.map(({ paymentId, checkoutId }) => {
    const key = giftReceivedKey(paymentId);
    return toOutboxItem({
      kind: 'mail',
      key,
      template: 'gift-received',
      paymentId,
      checkoutId,
      createdAt: at,
    }).list;
  });
  const attention = gifts.slice(0, 100).map(({ paymentId, checkoutId }) => {
    return toAttentionItem({ kind: 'mail-stopped', id: paymentId, checkoutId, at }).list;
  });
  const drawn = gifts.map(() => keys.totals('warehouse', Math.floor(Math.random() * totalsShards)).pk);
  const measured = [
    { name: 'outbox', stated: outboxShards, share: largestShare(outbox) },
    {
      name: 'gifts',
      stated: paymentShards,
      share: largestShare(gifts.map((gift) => toPaymentItem(gift).list)),
    },
    { name: 'totals', stated: totalsShards, share: largestShare(drawn) },
  ];
  const figures = measured.map(({ name, stated, share }) => ({
    id: `shares.${name}`,
    value: share * stated,
    unit: '×',
    text: `the fullest key's share of ${count} gifts, of the stated 1/${stated}`,
  }));
  return [
    ...figures,
    {
      id: 'shares.attention',
      value: largestShare(attention),
      unit: 'of 1',
      text: 'what a person has to look at stands in one list a month, by intent',
    },
    {
      id: 'shares.largest',
      value: Math.max(...figures.map(({ value }) => value)),
      unit: '×',
      text: 'the largest of these, of its stated share',
    },
  ];
}

export const part: Part = {
  name: 'units',
  title: 'requests and write units of one gift by step and key, and the shares of sharded keys',
  run: async (bench) => [...(await units(bench)), ...shares(bench)],
};
