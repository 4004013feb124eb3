import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, vi } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { demoTable } from '../support/demo.ts';
import { asDescribed } from '../support/described.ts';
import { nobody } from '../support/local-stripe.ts';
import { siteOn } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const now = new Date('2026-11-22T04:00:00Z');

// The demonstration is written in the time of the first test.
vi.setConfig({ testTimeout: 120_000 });

const it = story.extend('demo', { scope: 'file' }, async ({}) => {
  const table = await demoTable(now);

  const staff = () =>
    asDescribed(
      createStaffApp({
        random: Math.random,
        table,
        clock: () => now,
        actorOf: () => ({ id: 'sub-1', roles: ['finance'] }),
      }),
    );

  const enter = (kind: string, body: object) =>
    staff().request(`/api/staff/ledger/${kind}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': JSON.stringify(body) },
      body: JSON.stringify(body),
    });

  /** The page, and what the treasurer reads, after the hour's adding up. */
  async function afterTheHour() {
    await summarizeAccounts({ table, now });
    const site = siteOn(table, nobody, { clock: () => now });
    const page = await (await site.request('/campaigns/emergency-cash/money')).text();
    const answer = (await (await staff().request('/api/staff/accounts')).json()) as {
      coverage: { missing: number; held: number; money: number };
    };
    const isSaid = page.includes('The books find what is held at Stripe, in the bank and in the cash box.');
    return { isSaid, page, ...answer.coverage };
  }

  return { afterTheHour, enter, table };
});

describe('that the books find what is held', () => {
  it('is not said while a cent that funds hold is neither at Stripe, in the bank nor in cash', async ({
    demo: { afterTheHour, enter },
  }) => {
    const { isSaid, money, held } = await afterTheHour();
    expect(isSaid).toBe(true);
    const correct = async (amount: number, reason: string) => {
      const postings = [
        { account: 'stripe', amount },
        { account: 'opening', amount: -amount },
      ];
      expect((await enter('corrections', { sides: postings, reason })).status).toBe(201);
    };
    await correct(held - money - 1, 'It was never there.');
    expect(await afterTheHour()).toMatchObject({ isSaid: false });
    await correct(money - held + 1, 'It is found.');
    expect(await afterTheHour()).toMatchObject({ isSaid: true });
  });

  it('is said again once the receiver has paid in what the card company took, and the treasurer sees how much is missing', async ({
    demo: { table, afterTheHour, enter },
  }) => {
    const entries = await everything(table, 'ledger-entry');
    for (const { pk, sk } of entries.filter(({ kind }) => kind === 'fee-reimbursement')) {
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    }
    const before = await afterTheHour();
    expect(before).toMatchObject({ isSaid: false });
    expect(before.page).toContain('and has not paid all of it in yet');
    expect(before.missing).toBeGreaterThan(0);
    expect((await enter('fee-reimbursements', { amount: before.missing - 1 })).status).toBe(201);
    expect(await afterTheHour()).toMatchObject({ isSaid: false, missing: 1 });
    expect((await enter('fee-reimbursements', { amount: 1, to: 'cash' })).status).toBe(201);
    const after = await afterTheHour();
    expect(after).toMatchObject({ isSaid: true, missing: 0 });
    expect(after.page).not.toContain('has not paid');
  });
});
