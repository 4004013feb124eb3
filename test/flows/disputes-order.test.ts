import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { refreshDispute } from '#payments/disputes/refresh-dispute.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { startConflicts } from '../support/conflicts.ts';
import { booksOn, type DisputeStory, openDisputeStory, type Paid } from '../support/dispute-story.ts';
import { everything, freshTable, through, watchRequests } from '../support/table.ts';
import { takeVersionsAway } from '../support/unguarded.ts';

let story: DisputeStory;
beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  story = await openDisputeStory();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await story.close();
});

describe('the events of disputes, copied, in any order, side by side, on a table that refuses what overlaps', () => {
  /** Stripe repeats what is not answered 2xx; copies of one moment may be turned away. */
  async function untilTaken(deliver: () => Promise<string>): Promise<string> {
    for (;;) {
      try {
        return await deliver();
      } catch {
        // The next delivery.
      }
    }
  }

  /** Three gifts: lost for less and then for the rest, won after an appeal, an inquiry that was lost. */
  async function live(follow: () => Promise<unknown>, first: Paid, second: Paid, third: Paid) {
    const steps = [
      () => story.dispute(first, { amount: '20000' }),
      () => story.dispute(second, { amount: '51000' }),
      () => story.dispute(third, { kind: 'inquiry' }),
      () => story.move(first, 'lose'),
      () => story.move(third, 'escalate'),
      () => story.move(second, 'win'),
      () => story.dispute(first, { amount: '30000' }),
      () => story.move(second, 'appeal'),
      () => story.move(third, 'lose'),
      () => story.move(second, 'win', { amount: '50000', fee: 'back' }),
    ];
    for (const step of steps) {
      await step();
      await follow();
    }
  }

  it('give the same books as each event once and in order', async () => {
    const [first, second, third] = [await story.pay(1), await story.pay(2), await story.pay(3)];
    const inOrder = booksOn(await freshTable(), story);
    await inOrder.book(first, second, third);
    await live(inOrder.follow, first, second, third);
    const names = await story.names(first, second, third);
    const expected = await inOrder.read(names);
    expect(expected).toMatchObject({ raised: 49_000, supporters: 1 });
    expect(expected.ledger.split('\n')).toHaveLength(3 + 7);

    const events = await story.events('charge.dispute.');
    const copies = events.flatMap((_, index) => [index, index]);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(copies, { minLength: copies.length }),
        fc.integer({ min: 1, max: 6 }),
        async (shuffled, width) => {
          const table = await freshTable();
          await booksOn(table, story).book(first, second, third);
          const conflicts = await startConflicts();
          try {
            const books = booksOn(through(conflicts.url, table), story);
            for (let start = 0; start < shuffled.length; start += width) {
              const reported = shuffled
                .slice(start, start + width)
                .map((index) => events[index] as Stripe.Event);
              await Promise.all(reported.map((event) => untilTaken(() => books.deliver(event))));
              const waiting = await books.waiting();
              await Promise.allSettled([...waiting, ...waiting].map(books.refresh));
            }
            // What the queue would deliver again.
            for (const key of await books.waiting()) await books.refresh(key);
            expect(await books.read(names)).toEqual(expected);
          } finally {
            await conflicts.close();
          }
        },
      ),
      { numRuns: 2 },
    );
  }, 120_000);
});

describe('two refreshes at once, the first of which asked Stripe before the bank went on', () => {
  /** A gateway whose first answer is held back until the gate opens. */
  function delayed(stripe: Stripe, gate: Promise<void>): { stripe: Stripe; asked: Promise<void> } {
    let reportAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      reportAsked = resolve;
    });
    let isFirst = true;
    const retrieve = async (id: string) => {
      const answer = await stripe.disputes.retrieve(id);
      if (isFirst) {
        isFirst = false;
        reportAsked();
        await gate;
      }
      return answer;
    };
    return { stripe: { disputes: { retrieve } } as unknown as Stripe, asked };
  }

  async function race(table: Table): Promise<unknown[]> {
    const gift = await story.pay(1);
    const books = booksOn(table, story);
    await books.book(gift);
    await story.dispute(gift);
    await books.follow();
    const { id } = await story.disputeOf(gift);
    await story.stripe.disputes.update(id, { evidence: { uncategorized_text: 'A letter of the donor.' } });
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow = delayed(story.stripe, gate);
    const first = refreshDispute(id, { ...books.deps, stripe: slow.stripe });
    await slow.asked;
    await story.move(gift, 'lose');
    await refreshDispute(id, books.deps);
    open();
    await first;
    const [dispute] = await everything(table, 'dispute');
    const [item] = await everything(table, 'gift');
    return [dispute?.status, item?.disputeOpen];
  }

  it('ends in the older state, with the gift frozen for ever, when nobody looks at the version', async () => {
    const table = await freshTable();
    takeVersionsAway(table);
    expect(await race(table)).toEqual(['under_review', true]);
  });

  it('ends in the newest', async () => {
    expect(await race(await freshTable())).toEqual(['lost', false]);
  });
});

describe('a refund that is booked while a dispute is', () => {
  it('is seen: the gift is wholly gone by both together, and its supporter goes once', async () => {
    const table = await freshTable();
    const gift = await story.pay(1);
    await booksOn(table, story).book(gift);
    await story.dispute(gift, { amount: '30000' });
    const meanwhile = through(inject('dynamodbUrl'), table);
    let refunds = 0;
    meanwhile.client.middlewareStack.add(
      (next, context) => async (args) => {
        const isCommit = (context as { commandName?: string }).commandName === 'TransactWriteItemsCommand';
        if (isCommit && refunds === 0) {
          refunds += 1;
          const { pk, sk } = keys.gift(gift.paymentId);
          await table.client.send(
            new UpdateCommand({
              TableName: table.name,
              Key: { pk, sk },
              UpdateExpression: 'SET refunded = :refunded',
              ExpressionAttributeValues: { ':refunded': 20_000 },
            }),
          );
        }
        return next(args);
      },
      { step: 'initialize', name: 'refundMeanwhile' },
    );
    const { id } = await story.disputeOf(gift);
    await refreshDispute(id, booksOn(meanwhile, story).deps);
    expect(refunds).toBe(1);
    const books = await booksOn(table, story).read(await story.names(gift));
    expect(books).toMatchObject({ raised: 20_000, supporters: 0 });
  });
});

describe('the webhook', () => {
  it('answers an event of a dispute after one put, and reads nothing', async () => {
    const table = await freshTable();
    const gift = await story.pay(1);
    await story.dispute(gift);
    const books = booksOn(table, story);
    const [event] = await story.events('charge.dispute.');
    const sent = watchRequests(table);
    expect(await books.deliver(event as object)).toBe('asked');
    expect(sent.map(({ operation }) => operation)).toEqual(['PutItem']);
    expect(await books.deliver(event as object)).toBe('duplicate');
  });
});
