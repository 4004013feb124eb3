import { describe, expect } from 'vitest';
import { runWork } from '#apps/workers/run-work.ts';
import { askForRefresh } from '#kernel/outbox/ask-for-refresh.ts';
import { refreshKey } from '#kernel/outbox/outbox.ts';
import { requeue } from '#kernel/outbox/requeue.ts';
import { Crashes, crashStripe, crashTable } from '../histories/crashes.ts';
import { booksOn, type DisputeStory } from '../support/dispute-story.ts';
import { story } from '../support/story.ts';
import { everything, existingTable, freshTable } from '../support/table.ts';

const minute = 60_000;

/** A worker that is killed three times, each time at another of its calls; then the sweep of ten minutes later finds its message. */
async function killThrice(
  bank: DisputeStory,
  table: Awaited<ReturnType<typeof freshTable>>,
  key: string,
  kill: { first: number; when: 'before' | 'after' },
) {
  const crashes = new Crashes();
  const crashing = existingTable(table.name);
  crashTable(crashing, crashes);
  const ctx = {
    table: crashing,
    stripe: crashStripe(bank.stripe, crashes),
    clock: bank.clock,
    random: () => 0,
  };
  for (const more of [0, 1, 2]) {
    crashes.begin({ call: kill.first + more, when: kill.when });
    await runWork(key, ctx).catch(() => undefined);
  }
  crashes.begin(undefined);
  const queue: string[] = [];
  const none = async () => [];
  const work = async (messages: readonly { readonly outboxKey: string }[]) => {
    queue.push(...messages.map(({ outboxKey }) => outboxKey));
    return [];
  };
  const now = new Date(bank.clock().getTime() + 10 * minute);
  await requeue({ table, now, channels: { mail: none, exports: none, pictures: none, work } });
  for (const each of queue) await runWork(each, { ...ctx, clock: () => now });
  return { killed: crashes.ended, requeued: queue.length };
}

const kills = (['before', 'after'] as const).flatMap((when) =>
  [0, 1, 2, 3, 4, 5].map((first) => ({ first, when })),
);

describe('a worker that was killed three times, at any of its calls, and ten minutes of sweeps', () => {
  story('leave the books of a lost dispute as if nothing had happened', async ({ bank }) => {
    const paid = await bank.pay(1);
    await bank.dispute(paid);
    await bank.move(paid, 'lose');
    const names = await bank.names(paid);
    const event = (await bank.events('charge.dispute.created'))[0];
    if (!event) throw new Error('Stripe reported no dispute.');
    const booked = async () => {
      const table = await freshTable();
      const books = booksOn(table, bank);
      await books.book(paid);
      await books.deliver(event);
      return { table, books, key: (await books.waiting())[0] ?? '' };
    };
    const untouched = await booked();
    await untouched.books.refresh(untouched.key);
    const expected = await untouched.books.read(names);
    expect(expected).toMatchObject({ raised: 0, statuses: ['lost'] });
    let [killed, requeued] = [0, 0];
    for (const kill of kills) {
      const { table, books, key } = await booked();
      const ended = await killThrice(bank, table, key, kill);
      killed += ended.killed;
      requeued += ended.requeued;
      expect(await books.read(names)).toEqual(expected);
      expect(await books.waiting()).toEqual([]);
      expect((await everything(table, 'attention')).map(({ kind }) => kind)).toEqual(['dispute-opened']);
    }
    expect(killed).toBeGreaterThan(kills.length);
    expect(requeued).toBeGreaterThan(0);
  });

  story('leave a Session that was tried out ended, and its message done', async ({ bank, table }) => {
    for (const [index, kill] of kills.entries()) {
      const session = await bank.stripe.checkout.sessions.create({
        mode: 'payment',
        line_items: [
          { quantity: 1, price_data: { currency: 'hkd', unit_amount: 5000, product_data: { name: 'Gift' } } },
        ],
        success_url: 'https://give.example.org/thanks',
      });
      const about = { object: 'session', objectId: session.id, eventId: `evt_${index}` } as const;
      await askForRefresh(about, { table, now: bank.clock() });
      await killThrice(bank, table, refreshKey(about), kill);
      expect((await bank.stripe.checkout.sessions.retrieve(session.id)).status).toBe('expired');
    }
    expect((await everything(table, 'outbox')).filter(({ sentAt }) => !sentAt)).toEqual([]);
    expect(await everything(table, 'attention')).toEqual([]);
  });
});
