import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { readLedger } from '#accounting/accounts/read-ledger.ts';
import { ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { decidePayment } from '#payments/payment/payment.ts';
import { toPaymentItem } from '#payments/payment/payment-item.ts';
import { failRefund } from '#payments/refunds/fail-refund.ts';
import { recordRefund } from '#payments/refunds/record-refund.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Item } from '#platform/table/table.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { readableLedger } from '../support/readable-ledger.ts';
import { story } from '../support/story.ts';
import { everything, freshTable } from '../support/table.ts';

const it = story.extend('books', { scope: 'file' }, async ({}) => {
  const table = await freshTable();

  return { table };
});

const transfer = ledgerEntry({
  sourceId: 'transfer_1',
  kind: 'transfer',
  postings: [
    { account: 'raised:education', amount: 100 },
    { account: 'raised:soup-kitchen', amount: -100 },
  ],
  currency: 'hkd',
  at: new Date('2026-10-31T15:59:59Z'),
});

const october = Date.parse('2026-10-20T03:00:00Z');

describe('the ledger of a month', () => {
  it('holds each entry that counts in it, by time, also those of gifts and those moved on from a closed month', async ({
    books: { table },
  }) => {
    const gifts = Array.from({ length: 130 }, (_, index) =>
      decidePayment(
        paidCheckout({ paymentId: `pi_${index}`, at: new Date(october + ((index * 71) % 130) * 1000) }),
      ),
    );
    const late = decidePayment(paidCheckout({ paymentId: 'pi_late', at: new Date('2026-09-20T03:00:00Z') }));
    const moved = ledgerEntry(late.entry, '2026-10');
    const items: Item[] = [
      ...gifts.flatMap(({ payment: gift, entry }) => [toPaymentItem(gift), toLedgerEntryItem(entry)]),
      toPaymentItem(late.payment),
      toLedgerEntryItem(moved),
      toLedgerEntryItem(transfer),
    ];
    for (const Item of items) await table.client.send(new PutCommand({ TableName: table.name, Item }));
    const found: string[] = [];
    const times: number[] = [];
    for await (const page of readLedger({ month: '2026-10', slugs: [late.payment.fund] }, { table })) {
      expect(page.length).toBeLessThanOrEqual(100);
      found.push(...page.map((entry) => entry.sourceId));
      times.push(...page.map((entry) => entry.at.getTime()));
    }
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const wanted = [...gifts.map(({ payment: gift }) => gift.paymentId), 'pi_late', 'transfer_1'];
    expect(found.sort()).toEqual(wanted.sort());
    const september: unknown[] = [];
    for await (const page of readLedger({ month: '2026-09', slugs: [late.payment.fund] }, { table }))
      september.push(...page);
    expect(september).toEqual([]);
  });

  it('takes no entry that does not sum to zero, whatever made it, and nothing of what came with it', async ({
    books: { table },
  }) => {
    const wrong = { ...transfer, postings: [{ account: 'stripe', amount: 1 }] } as const;
    const marker: Item = { ...keys.attention('test', 'beside'), entity: 'attention' };
    await expect(
      commit(table, () => ({
        marker: { put: marker },
        wrong: { put: toLedgerEntryItem(wrong), condition: isNew },
      })),
    ).rejects.toThrow('Ledger entry transfer_1: it needs two postings or more.');
    expect(await everything(table, 'attention')).toEqual([]);
  });
});

describe('the cover of the fees', () => {
  it('is refunded last, and is the charity’s again when that refund fails', async () => {
    const books = await freshTable();
    const at = new Date('2026-11-20T04:00:00Z');
    const { payment, entry } = decidePayment(paidCheckout({ amount: 52_000, cover: 2000, at }));
    const raised = `raised:${payment.fund}` as const;
    for (const Item of [toPaymentItem(payment), toLedgerEntryItem(entry)]) {
      await books.client.send(new PutCommand({ TableName: books.name, Item }));
    }
    const ctx = { table: books, now: new Date('2026-11-24T04:00:00Z'), random: () => 0 };
    for (const [day, amount] of [
      [21, 49_900],
      [22, 2100],
    ] as const) {
      await recordRefund(
        {
          refundId: `re_${day}`,
          paymentId: 'pi_1',
          amount,
          currency: 'hkd',
          at: new Date(`2026-11-${day}T04:00:00Z`),
          status: 'succeeded',
          requestId: undefined,
          failedAt: undefined,
        },
        ctx,
      );
    }
    const failed = { refundId: 're_22', paymentId: 'pi_1' };
    await failRefund({ ...failed, failedAt: new Date('2026-11-23T04:00:00Z') }, ctx);
    expect(await readableLedger(books)).toBe(
      [
        `2026-11-20 | pi_1  | payment       | stripe +520.00, ${raised} −500.00, cover −20.00`,
        `2026-11-21 | re_21 | refund        | ${raised} +499.00, stripe −499.00`,
        `2026-11-22 | re_22 | refund        | ${raised} +1.00, cover +20.00, stripe −21.00`,
        `2026-11-23 | re_22 | refund-failed | ${raised} −1.00, cover −20.00, stripe +21.00`,
      ].join('\n'),
    );
  });
});

describe('a transaction', () => {
  it('takes items away and looks at others, all or nothing', async ({ books: { table } }) => {
    const marker: Item = { ...keys.attention('test', 'kept'), entity: 'attention' };
    await commit(table, () => ({ marker: { put: marker, condition: isNew } }));
    const missing = keys.attention('test', 'missing');
    const refused = await commit(table, () => ({
      gone: { remove: marker },
      looked: { check: missing, condition: { expression: 'attribute_exists(pk)' } },
    }));
    expect(refused).toEqual({ committed: false, failed: new Map([['looked', undefined]]) });
    expect(await everything(table, 'attention')).toEqual([marker]);
    const taken = await commit(table, () => ({
      gone: { remove: marker, condition: { expression: 'attribute_exists(pk)' } },
      looked: { check: missing, condition: isNew },
    }));
    expect(taken).toEqual({ committed: true });
    expect(await everything(table, 'attention')).toEqual([]);
  });
});
