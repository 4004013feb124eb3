import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { toCampaignItem, toCampaignListItem } from '../../functions/campaigns/campaign-item.ts';
import { monthAttribute } from '../../functions/campaigns/totals-item.ts';
import { auditTable } from '../../functions/checks/audit-table.ts';
import { recordGift } from '../../functions/gifts/record-gift.ts';
import { toMove } from '../../functions/ledger/moves-item.ts';
import { summarizeAccounts } from '../../functions/ledger/summarize-accounts.ts';
import { hongKongMonth } from '../../functions/platform/clock.ts';
import { receiveRefund } from '../../functions/refunds/receive-refund.ts';
import { commit } from '../../functions/table/commit.ts';
import { type Key, keys } from '../../functions/table/keys.ts';
import { giftReceivedKey, toOutboxItem } from '../../functions/table/outbox.ts';
import type { Table } from '../../functions/table/table.ts';
import { demoCampaigns } from '../../infra/local/demo-campaigns.ts';
import { aCheckout, store } from '../support/payments.ts';
import { runAudit } from '../support/run-audit.ts';
import { everything, freshTable } from '../support/table.ts';
import { paidCheckout } from '../unit/paid-checkout.ts';

const slug = 'lai-chi-kok-warehouse';
const minute = 60_000;
let table: Table;
let now: Date;

beforeEach(async () => {
  now = new Date();
  table = await freshTable();
  const warehouse = demoCampaigns(now).find((campaign) => campaign.slug === slug);
  if (!warehouse) throw new Error('The demonstration has no warehouse.');
  const opensAt = new Date(now.getTime() - 86_400_000);
  for (const Item of [toCampaignListItem([slug]), toCampaignItem({ ...warehouse, opensAt })]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
});

/** A gift that was paid so many minutes ago, and is booked at once. */
async function give(number: number, minutesAgo = 60): Promise<string> {
  const checkout = aCheckout(number, { createdAt: now });
  await store(table, checkout);
  const at = new Date(now.getTime() - minutesAgo * minute);
  const paid = paidCheckout({ checkoutId: checkout.id, paymentId: `pi_${number}`, at });
  expect(await recordGift(paid, { table, now, random: () => (number % 16) / 16 })).toBe('booked');
  return paid.paymentId;
}

async function refund(number: number, paymentId: string, amount: number): Promise<string> {
  const refundId = `re_${number}`;
  const at = new Date(now.getTime() - 30 * minute);
  const fact = { refundId, paymentId, amount, currency: 'hkd', at, status: 'succeeded' } as const;
  const deps = { table, now, random: () => 0 };
  expect(await receiveRefund({ ...fact, requestId: undefined, failedAt: undefined }, deps)).toBe('refunded');
  return refundId;
}

/** Books of two old gifts and a young one, with a refund. */
async function healthyBooks(): Promise<void> {
  const first = await give(1);
  await give(2);
  await give(3, 2);
  await refund(1, first, 10_000);
  await summarizeAccounts(table, now);
}

const audit = (on = table) => auditTable({ table: on, now: new Date(), say: () => {} });
const found = async () =>
  (await audit()).named.map(({ check, subject, says }) => `${check}: ${subject}: ${says}`);

const remove = ({ pk, sk }: Key) =>
  table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
const change = ({ pk, sk }: Key, name: string, value: unknown) =>
  table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
const entry = (paymentId: string) => keys.ledgerEntry(paymentId, 'gift');

describe('an audit', () => {
  it('of healthy books finds nothing, whatever is young or old, and writes nothing', async () => {
    await healthyBooks();
    const before = JSON.stringify((await everything(table)).map((item) => JSON.stringify(item)).sort());
    const findings = await audit();
    expect(findings.named).toEqual([]);
    expect(Object.fromEntries(findings.looked)).toMatchObject({
      '2 entries': 4,
      '2 gifts': 3,
      '2 refunds': 1,
    });
    expect(findings.notMade.get('4 tickets')).toContain('no ticket types');
    expect(JSON.stringify((await everything(table)).map((item) => JSON.stringify(item)).sort())).toBe(before);
  });

  const month = () => hongKongMonth(now);
  const message = (key: string) =>
    toOutboxItem({
      key,
      template: 'gift-received',
      paymentId: 'pi_1',
      checkoutId: aCheckout(1).id,
      createdAt: now,
    });
  const damages: [string, () => Promise<unknown>, RegExp][] = [
    [
      'a ledger entry that is missing',
      () => remove(entry('pi_2')),
      /^2 gifts: gift pi_2: has no ledger entry/,
    ],
    [
      'a ledger entry whose gift is missing',
      () => remove(keys.gift('pi_2')),
      /^2 entries: entry gift pi_2: there is no gift/,
    ],
    [
      'an entry whose sides do not sum to zero',
      () =>
        change(entry('pi_2'), 'sides', [
          { account: 'stripe', amount: 50_001 },
          { account: `raised:${slug}`, amount: -50_000 },
        ]),
      /^2 entries: entry gift pi_2: its sides sum to 1, not to zero/,
    ],
    [
      'a total that is a cent off',
      () => change(keys.totals(slug, 2), 'raised', 50_001),
      /^2 totals: campaign lai-chi-kok-warehouse: raised is 140001, .* give 140000/,
    ],
    [
      'a month of a shard that is wrong',
      () => change(keys.totals(slug, 5), monthAttribute(month()), 700),
      /^2 totals: campaign lai-chi-kok-warehouse: raised in \d{4}-\d\d is 140700/,
    ],
    [
      'a supporter too many',
      () => change(keys.totals(slug, 2), 'supporters', 2),
      /^2 totals: campaign lai-chi-kok-warehouse: supporters is 4, .* give 3/,
    ],
    [
      'a move of a fund that no entry tells of',
      () => commit(table, () => ({ move: toMove(keys.fundMoves(slug), 500) })),
      /what was moved of its fund is 500, .* give 0/,
    ],
    [
      'cash that no entry tells of',
      () => commit(table, () => ({ move: toMove(keys.moneyMoves('cash'), 500) })),
      /^2 totals: cash: is 500, its entries give 0/,
    ],
    [
      'a month of the accounts with other sums',
      () => change(keys.accountMonth(month()), 'sums', { stripe: 140_000, [`raised:${slug}`]: -139_999 }),
      /^2 months of accounts and funds: month \d{4}-\d\d: raised:\S+ is -139999, its entries give -140000/,
    ],
    [
      'a sum of refunds that is wrong',
      () => change(keys.gift('pi_1'), 'refunded', 9999),
      /^2 refunds: gift pi_1: says 9999 was given back, its refunds sum to 10000/,
    ],
    [
      'a gift that says it is disputed and is not',
      () => change(keys.gift('pi_2'), 'disputed', 100),
      /^2 disputes: gift pi_2: says 100 is disputed, its disputes took 0/,
    ],
    [
      'a paid checkout without its gift',
      () => change(keys.checkout(aCheckout(2).id), 'paymentId', 'pi_unknown'),
      /^2 checkouts: checkout of pi_unknown: is paid and has no gift/,
    ],
    [
      'a gift without its message',
      () => remove(keys.outbox(giftReceivedKey('pi_3'))),
      /^5 messages: gift pi_3: has no message of thanks/,
    ],
    [
      'a second message for a gift',
      () =>
        table.client.send(
          new PutCommand({ TableName: table.name, Item: message('gift-received/pi_1/again') }),
        ),
      /^5 messages: message gift-received\/pi_1\/again: is one too many/,
    ],
    [
      'a message to a corrected address that nobody corrected',
      () =>
        table.client.send(
          new PutCommand({ TableName: table.name, Item: message('gift-received/pi_1/corrected') }),
        ),
      /^5 messages: message gift-received\/pi_1\/corrected: is one too many: no address was corrected/,
    ],
  ];
  it.each(damages)('names %s', async (_, plant, expected) => {
    await healthyBooks();
    await plant();
    expect(await found()).toContainEqual(expect.stringMatching(expected));
  });
});

describe('gifts that are booked during an audit', () => {
  /** Books a gift before requests of one kind are answered: once, or at each of them up to a number. */
  function bookAt(operation: string, options: { minutesAgo: number; times: number }): () => number {
    let booked = 0;
    let isBooking = false;
    table.client.middlewareStack.add(
      (next, context) => async (args) => {
        const name = (context as { commandName?: string }).commandName;
        if (name?.startsWith(operation) && !isBooking && booked < options.times) {
          isBooking = true;
          booked += 1;
          await give(100 + booked, options.minutesAgo);
          isBooking = false;
        }
        return next(args);
      },
      { step: 'initialize', priority: 'low', name: `bookAt${operation}` },
    );
    return () => booked;
  }

  it('are no difference between the reading of the items and that of the totals', async () => {
    await healthyBooks();
    const booked = bookAt('TransactGet', { minutesAgo: 0, times: 1 });
    expect(await found()).toEqual([]);
    expect(booked()).toBe(1);
  });

  it('are no difference between the two readings of the totals, however often one comes between', async () => {
    await healthyBooks();
    const booked = bookAt('Query', { minutesAgo: 0, times: 3 });
    expect(await found()).toEqual([]);
    expect(booked()).toBe(3);
  });

  it('are no difference when they were paid long before', async () => {
    await healthyBooks();
    const booked = bookAt('TransactGet', { minutesAgo: 50, times: 1 });
    expect(await found()).toEqual([]);
    expect(booked()).toBe(1);
  });
});

describe('npm run audit', () => {
  it('ends with 0 when all holds, 1 with a difference by name, 2 when it was asked wrongly', async () => {
    await healthyBooks();
    const at = ['--table', table.name, '--endpoint', inject('dynamodbUrl')];
    const healthy = await runAudit(...at);
    expect(healthy.code).toBe(0);
    expect(healthy.out).toContain(
      'Everything that was checked holds. Invariant 3 was not checked: not asked',
    );
    expect(healthy.err).toContain('items read');
    await remove(entry('pi_2'));
    const damaged = await runAudit(...at);
    expect(damaged).toMatchObject({
      code: 1,
      out: expect.stringContaining('2 gifts: gift pi_2: has no ledger entry'),
    });
    for (const word of ['juniper', 'Juniper', 'chk_']) expect(damaged.out + damaged.err).not.toContain(word);
    expect(await runAudit('--tabel', 'x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Usage: npm run audit'),
    });
  });

  it('names the first fifty differences of a check and says how many more there are; with --all, every one', async () => {
    for (let number = 1; number <= 60; number += 1) {
      const message = { key: `gift-received/pi_lost_${number}`, paymentId: `pi_lost_${number}` };
      const facts = { template: 'gift-received', checkoutId: aCheckout(1).id, createdAt: now } as const;
      const Item = toOutboxItem({ ...message, ...facts });
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    }
    const at = ['--table', table.name, '--endpoint', inject('dynamodbUrl')];
    const names = (out: string) =>
      new Set(out.match(/pi_lost_\d+(?=: tells of something that is not there$)/gm));
    const [some, all] = await Promise.all([runAudit(...at), runAudit(...at, '--all')]);
    expect([some.code, names(some.out).size]).toEqual([1, 50]);
    expect(some.out).toContain('\nand 10 more: --all names them\n60 differences.\n');
    expect([all.code, names(all.out).size]).toEqual([1, 60]);
    expect(all.out).not.toContain('more');
    expect(all.out).toContain('\n60 differences.\n');
  });
});
