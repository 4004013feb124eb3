import { randomUUID } from 'node:crypto';
import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { readCampaign } from '#giving/campaigns/read-campaigns.ts';
import { listWaitingComments } from '#giving/comments/list-waiting-comments.ts';
import { moderateComment } from '#giving/comments/moderate-comment.ts';
import type { PublicGift } from '#giving/latest-gifts/latest-gifts-item.ts';
import { listGifts } from '#giving/latest-gifts/list-gifts.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { permit } from '#kernel/staff/rights.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Table } from '#platform/table/table.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { storeCampaigns } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const words = 'For whoever carries the rice';

async function open(): Promise<Table> {
  const table = await freshTable();
  await storeCampaigns(table);
  return table;
}

async function give(table: Table, number: number, person: Partial<Person> = {}) {
  const checkout = aCheckout(number);
  await store(table, checkout, aPerson(checkout, person));
  const created = new Date(now.getTime() + number * 1000);
  await webhookOn(table).deliver(sessionEvent(checkout, { created }));
  return checkout;
}

async function giftOf(table: Table, checkoutId: string) {
  const item = (await everything(table, 'payment')).find((each) => each.checkoutId === checkoutId);
  if (!item) throw new Error('It was not booked.');
  return fromPaymentItem(item);
}

const latest = async (table: Table): Promise<readonly PublicGift[]> =>
  (await readCampaign(slug, { table, now }))?.latest ?? [];
const listed = async (table: Table) =>
  (
    await listGifts(
      { slug, firstMonth: '2026-01', cursor: { month: '2026-11', at: undefined, shown: 0 }, limit: 20 },
      { table },
    )
  ).data;
const decide = (
  table: Table,
  checkoutId: string,
  decision: 'approve' | 'refuse',
  at = now,
  key: string = randomUUID(),
) =>
  moderateComment(
    {
      ...{ checkoutId, about: 'message', decision },
      idempotencyKey: key,
      permit: permit({ id: 'staff-1', roles: ['campaigns'] }, 'words.moderate'),
    },
    {
      table,
      now: at,
    },
  );

describe('a donor’s comment', () => {
  it('waits, is shown in the newest gifts and the list once approved, and vanishes from both when refused', async () => {
    const table = await open();
    const { id } = await give(table, 1, { message: words, hideName: true });
    await projectPayments({ slug, gifts: [await giftOf(table, id)] }, { table });
    expect((await latest(table)).map(({ message }) => message)).toEqual([null]);
    expect(await listWaitingComments({ table, now })).toMatchObject([
      { checkoutId: id, message: words, name: null },
    ]);

    expect(await decide(table, id, 'approve')).toBe('changed');
    expect(await listWaitingComments({ table, now })).toEqual([]);
    await rebuildLatestGifts(slug, { table, now });
    const shown = [{ name: null, amount: 50_000, message: words }];
    expect(await latest(table)).toMatchObject(shown);
    expect(await listed(table)).toMatchObject(shown);

    expect(await decide(table, id, 'refuse', new Date(now.getTime() + 1))).toBe('changed');
    await rebuildLatestGifts(slug, { table, now });
    for (const gifts of [await latest(table), await listed(table)]) {
      expect(gifts).toMatchObject([{ message: null, amount: 50_000 }]);
    }
  });

  it('is listed once its gift is paid, not before, and not again when the projection is repeated after the decision', async () => {
    const table = await open();
    const unpaid = aCheckout(7);
    await store(table, unpaid, aPerson(unpaid, { message: words }));
    expect(await listWaitingComments({ table, now })).toEqual([]);
    await expect(decide(table, unpaid.id, 'approve')).rejects.toMatchObject({ code: 'no-words' });

    const { id } = await give(table, 1, { message: words });
    const gift = await giftOf(table, id);
    await projectPayments({ slug, gifts: [gift] }, { table });
    await decide(table, id, 'refuse');
    await projectPayments({ slug, gifts: [gift] }, { table });
    expect(await listWaitingComments({ table, now })).toEqual([]);
  });

  it('leaves a record of who decided what and when, once a change, without its text', async () => {
    const table = await open();
    const { id } = await give(table, 1, { message: words });
    expect(await decide(table, id, 'approve')).toBe('changed');
    expect(await decide(table, id, 'approve')).toBe('unchanged');
    const [entry, ...others] = await everything(table, 'audit-entry');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      object: { kind: 'words', id },
      actor: 'staff-1',
      action: 'words.moderate',
      at: now.toISOString(),
      before: { state: 'waiting' },
      after: { state: 'approved' },
    });
    for (const entity of ['audit-entry', 'words', 'gift'] as const) {
      expect(JSON.stringify(await everything(table, entity))).not.toContain(words);
    }
  });

  it('ends as the last record says when two people decide at once, and every record begins where the one before ended', async () => {
    const table = await open();
    const { id } = await give(table, 1, { message: words });
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        decide(table, id, index % 2 ? 'approve' : 'refuse', new Date(now.getTime() + index)),
      ),
    );
    const entries = (await everything(table, 'audit-entry')).map(({ before, after }) => ({
      before: (before as { state: string }).state,
      after: (after as { state: string }).state,
    }));
    const [person] = await everything(table, 'person');
    let state = 'waiting';
    for (let left = entries; left.length > 0; ) {
      const next = left.find(({ before }) => before === state);
      if (!next) break;
      left = left.filter((each) => each !== next);
      state = next.after;
      if (left.length === 0) expect(state).toBe(person?.messageState);
    }
    expect(entries.filter(({ before }) => before === 'waiting')).toHaveLength(1);
  });

  it('stays refused when the request that approved it comes late again', async () => {
    const table = await open();
    const { id } = await give(table, 1, { message: words });
    expect(await decide(table, id, 'approve', now, 'a key')).toBe('changed');
    expect(await decide(table, id, 'refuse')).toBe('changed');
    expect(await decide(table, id, 'approve', now, 'a key')).toBe('changed');
    expect((await everything(table, 'person'))[0]).toMatchObject({ messageState: 'refused' });
    expect(await everything(table, 'audit-entry')).toHaveLength(2);
    const reused = { code: 'idempotency-key-reused' };
    await expect(decide(table, id, 'refuse', now, 'a key')).rejects.toMatchObject(reused);
  });

  it.each([
    ['an unknown checkout', `chk_${'f'.repeat(32)}`, 'not-found'],
    ['something that is no checkout', 'person#1', 'not-found'],
    ['a gift without words', aCheckout(1).id, 'no-words'],
  ])('cannot be moderated for %s', async (_, checkoutId, code) => {
    const table = await open();
    await give(table, 1);
    await expect(decide(table, checkoutId, 'approve')).rejects.toMatchObject({ code });
    expect(await everything(table, 'audit-entry')).toEqual([]);
  });
});

describe('a rebuild of the newest gifts', () => {
  /** Lets something happen between the rebuild's reads and its write; `unguarded` takes the write's condition away. */
  function interrupt(table: Table, meanwhile: () => Promise<unknown>, unguarded: boolean): void {
    let done = false;
    table.client.middlewareStack.add(
      (next, context) => async (args) => {
        const { commandName } = context as { commandName?: string };
        if (!commandName?.startsWith('TransactWriteItems') || done) return next(args);
        const { TransactItems = [] } = args.input as TransactWriteItemsCommandInput;
        const isLatest = (item: unknown) => JSON.stringify(item).includes('"latest-gifts"');
        if (!isLatest(TransactItems)) return next(args);
        done = true;
        await meanwhile();
        const bare = TransactItems.map(({ Put }) => {
          if (!Put) throw new Error('Newest gifts and words are put.');
          const { ConditionExpression, ExpressionAttributeValues, ...put } = Put;
          if (isLatest(put)) expect(ConditionExpression).toBeDefined();
          return { Put: put };
        });
        return next(unguarded ? { ...args, input: { TransactItems: bare } } : args);
      },
      { step: 'initialize', priority: 'low', name: 'interrupt' },
    );
  }

  async function race(unguarded: boolean): Promise<number> {
    const table = await open();
    const first = await give(table, 1);
    await projectPayments({ slug, gifts: [await giftOf(table, first.id)] }, { table });
    interrupt(
      table,
      async () => {
        const second = await give(table, 2);
        await projectPayments({ slug, gifts: [await giftOf(table, second.id)] }, { table });
      },
      unguarded,
    );
    await rebuildLatestGifts(slug, { table, now });
    expect(await everything(table, 'payment')).toHaveLength(2);
    return (await latest(table)).length;
  }

  it('would lose a gift that is projected at the same moment if it wrote without the version', async () => {
    expect(await race(true)).toBe(1);
  });

  it('loses no gift that is projected at the same moment', async () => {
    expect(await race(false)).toBe(2);
  });

  it('shows the newest twenty of all months with what their donors hide now', async () => {
    const table = await open();
    for (let number = 1; number <= 23; number += 1)
      await give(table, number, { displayName: `Donor ${number}` });
    const old = aCheckout(99);
    await store(table, old, aPerson(old, { displayName: 'Of October' }));
    await webhookOn(table).deliver(sessionEvent(old, { created: new Date('2026-10-05T00:00:00Z') }));
    await rebuildLatestGifts(slug, { table, now });
    const names = (await latest(table)).map(({ name }) => name);
    expect(names).toEqual(Array.from({ length: 20 }, (_, index) => `Donor ${23 - index}`));
  });
});
