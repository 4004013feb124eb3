import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, inject } from 'vitest';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { toSumChange } from '#kernel/ledger/running-sum-item.ts';
import { giftReceivedKey, refreshMessage } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { monthAttribute } from '#kernel/totals/totals-item.ts';
import { hongKongMonth, utcHour } from '#platform/clock.ts';
import { commit } from '#platform/table/commit.ts';
import { type Key, keys, lists, outboxShards } from '#platform/table/keys.ts';
import { inOrder } from '#platform/values.ts';
import { openAuditedBooks, slug } from '../support/audited-books.ts';
import { aCheckout } from '../support/payments.ts';
import { runAudit } from '../support/run-audit.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

/** Books to audit, and how to damage them. */
async function openBooks() {
  const books = await openAuditedBooks();
  const { table, now } = books;
  const audit = () => auditTable({ table, now: new Date(), say: () => {} });
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
  const month = () => hongKongMonth(now);
  const message = (key: string) =>
    toOutboxItem({
      key,
      kind: 'mail',
      template: 'gift-received',
      paymentId: 'pi_1',
      checkoutId: aCheckout(1).id,
      createdAt: now,
    });
  return { books, table, audit, now, change, found, remove, month, message };
}

type Audited = Awaited<ReturnType<typeof openBooks>>;
const it = story.extend('audited', () => openBooks());

const entry = (paymentId: string) => keys.ledgerEntry(paymentId, 'payment');

describe('an audit', () => {
  it('of healthy books finds nothing, whatever is young or old, and writes nothing', async ({
    audited: { books, table, audit },
  }) => {
    await books.fill();
    const before = JSON.stringify(
      (await everything(table)).map((item) => JSON.stringify(inOrder(item))).sort(),
    );
    const findings = await audit();
    expect(findings.named).toEqual([]);
    expect(Object.fromEntries(findings.looked)).toMatchObject({
      '2 entries': 4,
      '2 payments': 3,
      '2 refunds': 1,
    });
    expect(findings.notMade.get('4 tickets')).toContain('no ticket types');
    expect(
      JSON.stringify((await everything(table)).map((item) => JSON.stringify(inOrder(item))).sort()),
    ).toBe(before);
  });

  it('passes over items and attributes that are no longer written and that a table may still hold', async ({
    audited: { books, now, table, change, found },
  }) => {
    await books.fill();
    const check = { pk: 'refund-check#pi_1', sk: 'refund-check', entity: 'refund-check', v: 1 };
    const reported = { paymentId: 'pi_1', amountRefunded: 20_000, at: now.toISOString() };
    const listed = { notedAt: now.toISOString(), list: 'refund-check#2026-11-27T10', listOrder: 'x' };
    await table.client.send(
      new PutCommand({ TableName: table.name, Item: { ...check, ...reported, ...listed } }),
    );
    await change(keys.checkout(aCheckout(2).id), 'recoveryUrl', 'https://buy.stripe.example/r/1');
    expect(await found()).toEqual([]);
  });
  const damages: [string, (audited: Audited) => Promise<unknown>, RegExp][] = [
    [
      'a ledger entry that is missing',
      ({ remove }) => remove(entry('pi_2')),
      /^2 payments: payment pi_2: has no ledger entry/,
    ],
    [
      'a ledger entry whose gift is missing',
      ({ remove }) => remove(keys.payment('pi_2')),
      /^2 entries: entry payment pi_2: there is no payment/,
    ],
    [
      'an entry whose postings do not sum to zero',
      ({ change }) =>
        change(entry('pi_2'), 'sides', [
          { account: 'stripe', amount: 50_001 },
          { account: `raised:${slug}`, amount: -50_000 },
        ]),
      /^2 entries: entry payment pi_2: its postings sum to 1, not to zero/,
    ],
    [
      'a total that is a cent off',
      ({ change }) => change(keys.totals(slug, 2), 'raised', 50_001),
      /^2 totals: campaign lai-chi-kok-warehouse: raised is 140001, .* give 140000/,
    ],
    [
      'a month of a shard that is wrong',
      ({ change, month }) => change(keys.totals(slug, 5), monthAttribute(month()), 700),
      /^2 totals: campaign lai-chi-kok-warehouse: raised in \d{4}-\d\d is 140700/,
    ],
    [
      'a supporter too many',
      ({ change }) => change(keys.totals(slug, 2), 'supporters', 2),
      /^2 totals: campaign lai-chi-kok-warehouse: supporters is 4, .* give 3/,
    ],
    [
      'a sum of a fund that no entry explains',
      ({ table }) => commit(table, () => ({ move: toSumChange(keys.fundSum(slug), 500) })),
      /what was moved of its fund is 500, .* give 0/,
    ],
    [
      'cash that no entry explains',
      ({ table }) => commit(table, () => ({ move: toSumChange(keys.moneySum('cash'), 500) })),
      /^2 totals: cash: is 500, its entries give 0/,
    ],
    [
      'a month of the accounts with other sums',
      ({ change, month }) =>
        change(keys.accountMonth(month()), 'sums', { stripe: 140_000, [`raised:${slug}`]: -139_999 }),
      /^2 months of accounts and funds: month \d{4}-\d\d: raised:\S+ is -139999, its entries give -140000/,
    ],
    [
      'a sum of refunds that is wrong',
      ({ change }) => change(keys.payment('pi_1'), 'refunded', 9999),
      /^2 refunds: payment pi_1: says 9999 is refunded, its refunds sum to 10000/,
    ],
    [
      'a gift that says it is disputed and is not',
      ({ change }) => change(keys.payment('pi_2'), 'disputed', 100),
      /^2 disputes: payment pi_2: says 100 is disputed, its disputes took 0/,
    ],
    [
      'a paid checkout without its gift',
      ({ change }) => change(keys.checkout(aCheckout(2).id), 'paymentId', 'pi_unknown'),
      /^2 checkouts: checkout of pi_unknown: is paid and has no payment/,
    ],
    [
      'a gift without its message',
      ({ remove }) => remove(keys.outbox(giftReceivedKey('pi_3'))),
      /^5 messages: payment pi_3: has no message of thanks/,
    ],
    [
      'a second message for a gift',
      ({ message, table }) =>
        table.client.send(
          new PutCommand({ TableName: table.name, Item: message('gift-received/pi_1/again') }),
        ),
      /^5 messages: message gift-received\/pi_1\/again: is one too many/,
    ],
    [
      'a message to a corrected address that nobody corrected',
      ({ message, table }) =>
        table.client.send(
          new PutCommand({ TableName: table.name, Item: message('gift-received/pi_1/corrected') }),
        ),
      /^5 messages: message gift-received\/pi_1\/corrected: is one too many: no address was corrected/,
    ],
    [
      'a message of any kind in a list of its hour that no sweep reads, as an older version wrote it',
      ({ table, now }) => {
        const refresh = refreshMessage({
          object: 'dispute',
          objectId: 'du_1',
          eventId: 'evt_1',
          createdAt: now,
        });
        const Item = { ...toOutboxItem(refresh), list: lists.outbox(utcHour(now), outboxShards) };
        return table.client.send(new PutCommand({ TableName: table.name, Item }));
      },
      /^5 messages: message refresh\/dispute\/evt_1: waits in a list in which no sweep looks/,
    ],
  ];
  it.for(damages)('names %s', async ([_, plant, expected], { audited }) => {
    const { books, found } = audited;
    await books.fill();
    await plant(audited);
    expect(await found()).toContainEqual(expect.stringMatching(expected));
  });
});

describe('npm run audit', () => {
  it('ends with 0 when all holds, 1 with a difference by name, 2 when it was asked wrongly', async ({
    audited: { books, table, remove },
  }) => {
    await books.fill();
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
      out: expect.stringContaining('2 payments: payment pi_2: has no ledger entry'),
    });
    for (const word of ['juniper', 'Juniper', 'chk_']) expect(damaged.out + damaged.err).not.toContain(word);
    expect(await runAudit('--tabel', 'x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Usage: npm run audit'),
    });
  });

  it('names the first fifty differences of a check and says how many more there are; with --all, every one', async ({
    audited: { now, table },
  }) => {
    for (let number = 1; number <= 60; number += 1) {
      const message = { key: `gift-received/pi_lost_${number}`, paymentId: `pi_lost_${number}` };
      const facts = {
        kind: 'mail',
        template: 'gift-received',
        checkoutId: aCheckout(1).id,
        createdAt: now,
      } as const;
      const Item = toOutboxItem({ ...message, ...facts });
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    }
    const at = ['--table', table.name, '--endpoint', inject('dynamodbUrl')];
    const names = (out: string) =>
      new Set(out.match(/pi_lost_\d+(?=: refers to something that is not there$)/gm));
    const [some, all] = await Promise.all([runAudit(...at), runAudit(...at, '--all')]);
    expect([some.code, names(some.out).size]).toEqual([1, 50]);
    expect(some.out).toContain('\nand 10 more: --all names them\n60 differences.\n');
    expect([all.code, names(all.out).size]).toEqual([1, 60]);
    expect(all.out).not.toContain('more');
    expect(all.out).toContain('\n60 differences.\n');
  });
});
