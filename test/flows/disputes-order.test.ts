import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import type Stripe from 'stripe';
import { describe, expect, inject } from 'vitest';
import { refreshDispute } from '#payments/disputes/refresh-dispute.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { startConflicts } from '../support/conflicts.ts';
import { booksOn, type DisputeStory, type Paid } from '../support/dispute-story.ts';
import { standIn } from '../support/stand-in.ts';
import { story } from '../support/story.ts';
import { everything, freshTable, through, watchRequests } from '../support/table.ts';
import { takeVersionsAway } from '../support/unguarded.ts';

/** Nothing of what is logged reaches the console. */
const it = story.extend('lives', { auto: true }, async ({ log: _, bank }) => {
  /** Three gifts: lost for less and then for the rest, won after an appeal, an inquiry that was lost. */
  async function live(follow: () => Promise<unknown>, first: Paid, second: Paid, third: Paid) {
    const steps = [
      () => bank.dispute(first, { amount: '20000' }),
      () => bank.dispute(second, { amount: '51000' }),
      () => bank.dispute(third, { kind: 'inquiry' }),
      () => bank.move(first, 'lose'),
      () => bank.move(third, 'escalate'),
      () => bank.move(second, 'win'),
      () => bank.dispute(first, { amount: '30000' }),
      () => bank.move(second, 'appeal'),
      () => bank.move(third, 'lose'),
      () => bank.move(second, 'win', { amount: '50000', fee: 'back' }),
    ];
    for (const step of steps) {
      await step();
      await follow();
    }
  }

  return { live };
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

  it('give the same books as each event once and in order', async ({ bank, lives: { live } }) => {
    const [first, second, third] = [await bank.pay(1), await bank.pay(2), await bank.pay(3)];
    const inOrder = booksOn(await freshTable(), bank);
    await inOrder.book(first, second, third);
    await live(inOrder.follow, first, second, third);
    const names = await bank.names(first, second, third);
    const expected = await inOrder.read(names);
    expect(expected).toMatchObject({ raised: 49_000, supporters: 1 });
    expect(expected.ledger.split('\n')).toHaveLength(3 + 7);

    const events = await bank.events('charge.dispute.');
    const copies = events.flatMap((_, index) => [index, index]);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(copies, { minLength: copies.length }),
        fc.integer({ min: 1, max: 6 }),
        async (shuffled, width) => {
          const table = await freshTable();
          await booksOn(table, bank).book(first, second, third);
          const conflicts = await startConflicts();
          try {
            const books = booksOn(through(conflicts.url, table), bank);
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
    return { stripe: standIn<Stripe>({ disputes: { retrieve } }), asked };
  }

  async function race(bank: DisputeStory, table: Table): Promise<unknown[]> {
    const gift = await bank.pay(1);
    const books = booksOn(table, bank);
    await books.book(gift);
    await bank.dispute(gift);
    await books.follow();
    const { id } = await bank.disputeOf(gift);
    await bank.stripe.disputes.update(id, { evidence: { uncategorized_text: 'A letter of the donor.' } });
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow = delayed(bank.stripe, gate);
    const first = refreshDispute(id, { ...books.ctx, stripe: slow.stripe });
    await slow.asked;
    await bank.move(gift, 'lose');
    await refreshDispute(id, books.ctx);
    open();
    await first;
    const [dispute] = await everything(table, 'dispute');
    const [item] = await everything(table, 'payment');
    return [dispute?.status, item?.disputeOpen];
  }

  it('end in the older state, with the gift frozen for ever, when nobody looks at the version', async ({
    bank,
  }) => {
    const table = await freshTable();
    takeVersionsAway(table);
    expect(await race(bank, table)).toEqual(['under_review', true]);
  });

  it('end in the newest', async ({ bank }) => {
    expect(await race(bank, await freshTable())).toEqual(['lost', false]);
  });
});

describe('a refund that is booked while a dispute is', () => {
  it('is seen: the gift is wholly gone by both together, and its supporter goes once', async ({ bank }) => {
    const table = await freshTable();
    const gift = await bank.pay(1);
    await booksOn(table, bank).book(gift);
    await bank.dispute(gift, { amount: '30000' });
    const meanwhile = through(inject('dynamodbUrl'), table);
    let refunds = 0;
    meanwhile.client.middlewareStack.add(
      (next, context) => async (args) => {
        const isCommit = (context as { commandName?: string }).commandName === 'TransactWriteItemsCommand';
        if (isCommit && refunds === 0) {
          refunds += 1;
          const { pk, sk } = keys.payment(gift.paymentId);
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
    const { id } = await bank.disputeOf(gift);
    await refreshDispute(id, booksOn(meanwhile, bank).ctx);
    expect(refunds).toBe(1);
    const books = await booksOn(table, bank).read(await bank.names(gift));
    expect(books).toMatchObject({ raised: 20_000, supporters: 0 });
  });
});

describe('the webhook', () => {
  it('answers an event of a dispute after one put, and reads nothing', async ({ bank }) => {
    const table = await freshTable();
    const gift = await bank.pay(1);
    await bank.dispute(gift);
    const books = booksOn(table, bank);
    const [event] = await bank.events('charge.dispute.');
    const sent = watchRequests(table);
    expect(await books.deliver(event as object)).toBe('asked');
    expect(sent.map(({ operation }) => operation)).toEqual(['PutItem']);
    expect(await books.deliver(event as object)).toBe('duplicate');
  });
});
