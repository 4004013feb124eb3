import { describe, expect } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { KnownMonths, summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { keys } from '#platform/table/keys.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { campaignStory } from '../support/story.ts';
import { everything, freshTable, putAll, watchRequests } from '../support/table.ts';

const now = new Date('2026-11-22T12:00:00.000Z');

const it = campaignStory.extend('books', async ({ table }) => {
  for (const number of [1, 2, 3, 4]) {
    const paid = { paymentId: `bank_${number}`, source: 'bank', at: now, amount: number * 1_000 } as const;
    await recordPayment(paidCheckout(paid), { table, now, random: () => number / 5, thank: false });
  }
  return { items: await everything(table) };
});

const sums = async (table: Table) =>
  (await everything(table)).filter(({ entity }) => ['account-month', 'fund-month'].includes(String(entity)));
const byKey = (items: readonly Item[]) =>
  items.toSorted((a, b) => (`${a.pk}${a.sk}` < `${b.pk}${b.sk}` ? -1 : 1));
const copyOf = async (items: readonly Item[]) => {
  const table = await freshTable();
  for (let from = 0; from < items.length; from += 25) await putAll(table, items.slice(from, from + 25));
  return table;
};

async function addUp(table: Table, known?: KnownMonths) {
  const accounts = await Promise.allSettled([
    summarizeAccounts({ table, now, ...(known && { ledger: known.ledger }) }),
  ]);
  const funds = await Promise.allSettled([summarizeFunds(known ? { known } : {}, { table, now })]);
  return [...accounts, ...funds].map((each) =>
    each.status === 'rejected' ? String(each.reason) : each.value,
  );
}

describe('the sums by account and by fund', () => {
  it('are the same when the ledger is read once for both', async ({ table, books }) => {
    const other = await copyOf(books.items);
    const sent = watchRequests(table);
    expect(await addUp(table, new KnownMonths())).toEqual(await addUp(other));
    expect(byKey(await sums(table))).toEqual(byKey(await sums(other)));
    expect((await sums(table)).map(({ entity }) => entity)).toContain('fund-month');
    const lists = sent.flatMap(({ input }) => JSON.stringify(input.ExpressionAttributeValues ?? ''));
    const read = lists.filter((list) => list.includes('ledger#'));
    expect(read.length).toBeGreaterThan(0);
    expect(new Set(read).size).toBe(read.length);
  });

  it('both fail for a month with an entry that cannot be read', async ({ table, books: _ }) => {
    const key = keys.ledgerEntry('bank_1', 'payment');
    const corrupt = { update: key, set: { expression: 'SET sides = :none', values: { ':none': 'none' } } };
    await writeOne(table, corrupt);
    const other = await copyOf(await everything(table));
    const outcome = await addUp(table, new KnownMonths());
    expect(outcome).toEqual(await addUp(other));
    expect(outcome).toEqual([expect.stringContaining('1 months'), expect.stringContaining('1 months')]);
    expect((await sums(table)).map(({ month }) => month)).not.toContain('2026-11');
  });
});
