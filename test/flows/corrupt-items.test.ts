import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { openQuestions } from '#accounting/months/close-month.ts';
import { toDuePayout } from '#accounting/payouts/payout-item.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { openAuditedBooks, slug } from '../support/audited-books.ts';
import { asDescribed } from '../support/described.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything, freshTable } from '../support/table.ts';

/** No item holds such a value; nothing that is said of a corrupt one may hold it. */
const spoilt = { said: 'Wong Siu-ming' };
/** Three gifts and a refund in books that are right, and what the audit says of them. */
const it = story
  .extend('heard', { auto: true }, ({ log }) => log)
  .extend('books', async () => {
    const books = await openAuditedBooks();
    await books.fill();
    const audited = async () => {
      const findings = await auditTable({ table: books.table, now: new Date(), say: () => {} });
      return findings.named.map(({ check, subject, says }) => `${check}: ${subject} ${says}`);
    };
    return { table: books.table, audited };
  });
it.afterEach(({ heard }) => {
  expect(heard.printed.join('\n')).not.toContain(spoilt.said);
});

const spoil = (table: Table, { pk, sk }: Key, name: string, value: unknown = spoilt) =>
  table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: 'SET #name = :value',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );

describe('a corrupt item', () => {
  it.for<[key: () => Key, field: string, found: string]>([
    [
      () => keys.payment('pi_2'),
      'parts',
      '2 payments: payment payment#pi_2 is corrupt: its field "parts.gift" is not a whole number',
    ],
    [
      () => keys.ledgerEntry('pi_2', 'payment'),
      'sides',
      '2 entries: ledger-entry ledger#pi_2 is corrupt: its field "sides" is not a list',
    ],
    [
      () => keys.ledgerEntry('pi_3', 'payment'),
      'at',
      '2 entries: ledger-entry ledger#pi_3 is corrupt: its field "at" is not a moment',
    ],
    [
      () => keys.refund('re_1'),
      'status',
      '2 refunds: refund refund#re_1 is corrupt: its field "status" is not one of its values',
    ],
    [
      () => keys.checkout(aCheckout(2).id),
      'lines',
      '2 checkouts: checkout of pi_2 is corrupt: its field "lines" is not a list of texts',
    ],
    [
      () => keys.outbox(giftReceivedKey('pi_1')),
      'paymentId',
      '5 messages: outbox outbox#gift-received/pi_1 is corrupt: its field "paymentId" is not text',
    ],
    [
      () => keys.totals(slug, 2),
      'raised',
      `2 totals: totals totals#${slug}#02 is corrupt: its field "raised" is not a whole number`,
    ],
  ])(
    'is found by the audit, once and by name, which goes on to the others',
    async ([key, field, found], { books }) => {
      await spoil(books.table, key(), field);
      const all = await books.audited();
      expect(all).toContain(found);
      expect(all.filter((each) => each.includes('is corrupt'))).toHaveLength(1);
      expect(all.join('\n')).not.toContain(spoilt.said);
      expect(all.join('\n')).not.toContain('chk_');
    },
  );

  it('is left out of the public list of gifts, with whom it is of, and the others stand there', async ({
    heard,
    books: { table },
  }) => {
    const gifts = (await everything(table, 'payment')).map(fromPaymentItem);
    await projectPayments({ slug, gifts }, { table });
    const site = siteOn(table, nobody);
    const listed = async () => {
      const answer = await site.request(`/api/campaigns/${slug}/gifts?limit=2`);
      expect(answer.status).toBe(200);
      return ((await answer.json()) as { data: unknown[] }).data;
    };
    expect(await listed()).toHaveLength(2);
    await spoil(table, keys.payment('pi_1'), 'parts');
    expect(await listed()).toHaveLength(2);
    await spoil(table, keys.person(aCheckout(2).id), 'hideAmount');
    expect(await listed()).toHaveLength(1);
    const corrupt = heard.entries.filter(({ event }) => event === 'item-corrupt');
    expect(corrupt.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^The item "payment" at payment#pi_1 payment is corrupt: its field "parts.gift"/,
        ),
        expect.stringMatching(
          /^The item "person" at .* is corrupt: its field "hideAmount" is not true or false/,
        ),
      ]),
    );
  });

  it('among the newest gifts takes no page of the campaign down', async ({ books: { table } }) => {
    const gifts = (await everything(table, 'payment')).map(fromPaymentItem);
    await projectPayments({ slug, gifts }, { table });
    const [item] = await everything(table, 'latest-gifts');
    const latest = item?.latest as object[];
    await spoil(table, keys.latestGifts(slug), 'latest', [{ order: 7 }, ...latest.slice(1)]);
    const answer = await siteOn(table, nobody).request(`/campaigns/${slug}`);
    expect(answer.status).toBe(200);
    expect((await answer.text()).match(/>Juniper</g)).toHaveLength(2);
  });
});

describe('a list of the staff', () => {
  it('shows what is intact, page by page', async () => {
    const table = await freshTable();
    const now = new Date();
    const at = (index: number) => new Date(now.getTime() - index * 1000);
    for (const index of [0, 1, 2, 3, 4]) {
      const attention = { kind: 'unknown-charge', id: `txn_${index}`, at: at(index) } as const;
      await writeOne(table, { put: toAttentionItem(attention) });
    }
    for (const index of [1, 2]) await spoil(table, keys.attention('unknown-charge', `txn_${index}`), 'at');
    const actorOf = () => ({ id: 'person-1', roles: ['finance'] as const });
    const staff = asDescribed(createStaffApp({ random: Math.random, table, clock: () => now, actorOf }));
    const seen: unknown[] = [];
    for (let query: string | null = '?limit=2'; query; ) {
      const answer = await staff.request(`/api/staff/attention${query}`);
      expect(answer.status).toBe(200);
      const page = (await answer.json()) as { data: { id: string }[]; nextCursor: string | null };
      seen.push(...page.data.map(({ id }) => id));
      query = page.nextCursor && `?limit=2&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(['txn_0', 'txn_3', 'txn_4']);
  });
});

describe('a month with a corrupt payout', () => {
  it('stays open, and says for which', async () => {
    const table = await freshTable();
    const createdAt = new Date('2026-10-10T04:00:00Z');
    const due = {
      payoutId: 'po_1',
      amount: 100,
      createdAt,
      arrivesAt: createdAt,
      due: 'evt_1',
    };
    await writeOne(table, toDuePayout(due));
    await spoil(table, keys.payout('po_1'), 'amount');
    expect(await openQuestions(hongKongMonth(createdAt), { table })).toEqual([
      'payout payout#po_1: is corrupt: its field "amount" is not a whole number',
    ]);
  });
});

describe('money that was taken for a checkout that is corrupt', () => {
  it.each(['lines', 'parts', 'declinedBy', 'createdAt'])('is booked all the same: %s', async (field) => {
    const table = await freshTable();
    const checkout = aCheckout(1);
    await store(table, checkout);
    await spoil(table, keys.checkout(checkout.id), field);
    const outcome = await outcomeOf(await webhookOn(table).deliver(sessionEvent(checkout)));
    expect(outcome).toBe(field === 'parts' ? 'mismatch' : 'booked');
    expect(await everything(table, 'payment')).toMatchObject([{ parts: { gift: 50_000 } }]);
  });
});
