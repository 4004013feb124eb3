import { afterEach, beforeEach, describe, it, vi } from 'vitest';
import { runHistory } from './run-history.ts';
import type { Step } from './steps.ts';

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const give: Step = { do: 'give', campaign: 0, amount: 50_000, hidden: false };
const deliver = { do: 'deliver', which: 'all', how: 'in order', copies: 1 } as const;

/** Histories that random ones once failed on, as small as they could be made. */
const found: Readonly<Record<string, readonly Step[]>> = {
  'a refund in part and a dispute of the rest, of which the dispute is reported first': [
    give,
    deliver,
    { do: 'refund', gift: 0, part: 'half', by: 'dashboard', again: false },
    { do: 'dispute', gift: 0, kind: 'chargeback', claims: 'less' },
    { ...deliver, which: 'newest' },
    { do: 'work', task: 'refresh' },
  ],
  'an order that is refunded and disputed at once, reported backwards, and refunded again when the dispute is won':
    [
      { ...give, sales: 1 },
      { do: 'refund', gift: 0, part: 'all', by: 'dashboard', again: false },
      { do: 'dispute', gift: 0, kind: 'chargeback', claims: 'all' },
      { ...deliver, how: 'reversed' },
      { do: 'move-dispute', dispute: 0, to: 'win' },
      { do: 'refund', gift: 0, part: 'all', by: 'staff', again: false },
    ],
  'a refund that fails after it was parked, while a day goes by without a sweep': [
    give,
    { do: 'refund', gift: 0, part: 'all', by: 'dashboard', again: false },
    { ...deliver, how: 'reversed' },
    { do: 'fail-refund', refund: 0 },
    deliver,
    { do: 'refund', gift: 0, part: 'all', by: 'staff', again: false },
    { do: 'work', task: 'refresh' },
    { do: 'pass', days: 1 },
    { ...give, sales: 1 },
  ],
};

const newest = { ...deliver, which: 'newest' } as const;
const refund = { do: 'refund', gift: 0, part: 'half', by: 'staff', again: false } as const;

/** Histories that a developer thought of: each stands where two things meet. */
const hard: Readonly<Record<string, readonly Step[]>> = {
  'a crash between the checkout’s write and the call to Stripe': [
    { ...give, crash: { call: 4, when: 'before' } },
    { ...deliver, how: 'at once', copies: 2 },
  ],
  'a refund that Stripe made for a process that ended, asked for again at once': [
    give,
    deliver,
    { ...refund, again: true, crash: { call: 2, when: 'after' } },
  ],
  'a refund that Stripe made for a process that ended, taken up by the sweep a day later': [
    give,
    deliver,
    { ...refund, crash: { call: 2, when: 'after' } },
    { do: 'pass', days: 1 },
    { do: 'work', task: 'sweep' },
  ],
  'a refund that is reported before its gift, and whose failure is reported before both': [
    give,
    { ...refund, by: 'dashboard' },
    { do: 'fail-refund', refund: 0 },
    { ...deliver, how: 'reversed', copies: 2 },
    { do: 'pass', days: 1 },
  ],
  'a refund that fails after the payout that paid it': [
    give,
    give,
    deliver,
    { ...refund, by: 'dashboard' },
    { do: 'pay-out', isExplained: true },
    deliver,
    { do: 'work', task: 'payouts' },
    { do: 'fail-refund', refund: 0 },
    { do: 'pay-out', isExplained: true },
  ],
  'a payout that is reported and matched before one of its gifts is reported': [
    give,
    give,
    { do: 'pay-out', isExplained: true },
    newest,
    { do: 'work', task: 'payouts' },
    deliver,
  ],
  'copies of events before and after their month was closed': [
    give,
    { ...refund, by: 'dashboard' },
    { do: 'dispute', gift: 0, kind: 'chargeback', claims: 'less' },
    { ...deliver, which: 'oldest' },
    { do: 'close-month' },
    { ...deliver, how: 'at once', copies: 2 },
    { ...deliver, which: 'delivered before', how: 'reversed', copies: 2 },
  ],
  'a parked refund whose sweep crashed once, long before the next look': [
    give,
    { ...refund, part: 'all', by: 'dashboard' },
    { ...deliver, how: 'reversed' },
    { do: 'close-month', crash: { call: 0, when: 'before' } },
  ],
  'a refund that was parked by a process that ended before it could answer': [
    give,
    { ...refund, part: 'all', by: 'dashboard' },
    { ...deliver, how: 'reversed', copies: 2, crash: { call: 3, when: 'after' } },
  ],
  'a refund that the sweep of Stripe’s events finds when its gift is too old for it': [
    give,
    { do: 'pass', days: 25 },
    { ...refund, part: 'all', by: 'dashboard' },
    { do: 'work', task: 'sweep-events' },
  ],
  'a refund that failed, reported backwards to a process that ended, while staff refund the gift again': [
    give,
    { ...refund, part: 'all', by: 'dashboard' },
    { do: 'fail-refund', refund: 0 },
    { ...deliver, how: 'reversed', copies: 1, crash: { call: 2, when: 'before' } },
    { do: 'pass', days: 1 },
    { ...refund, part: 'all', by: 'staff' },
    { ...deliver, how: 'in order', copies: 1 },
  ],
  'a dispute of more than a gift of which a half was given back, won in part': [
    give,
    deliver,
    refund,
    { do: 'dispute', gift: 0, kind: 'chargeback', claims: 'more' },
    newest,
    { do: 'move-dispute', dispute: 0, to: 'win a part' },
    { ...deliver, how: 'reversed', copies: 1 },
    { do: 'work', task: 'refresh', crash: { call: 4, when: 'after' } },
  ],
};

describe('the books are right after', () => {
  it.each(Object.entries(found))('%s', async (_name, steps) => {
    await runHistory(steps);
  });

  it.each(Object.entries(hard))('%s', async (_name, steps) => {
    await runHistory(steps);
  });
});
