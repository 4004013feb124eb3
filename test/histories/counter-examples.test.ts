import { afterEach, beforeEach, describe, it, vi } from 'vitest';
import { runHistory } from './history.ts';
import type { Step } from './steps.ts';

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const give: Step = { do: 'give', campaign: 0, amount: 50_000, hidden: false };
const tell = { do: 'deliver', which: 'all', how: 'in order', copies: 1 } as const;

/** Histories that random ones once failed on, as small as they could be made. */
const found: Readonly<Record<string, readonly Step[]>> = {
  'a refund in part and a dispute of the rest, of which the dispute is told first': [
    give,
    tell,
    { do: 'refund', gift: 0, part: 'half', by: 'dashboard', again: false },
    { do: 'dispute', gift: 0, kind: 'chargeback', claims: 'less' },
    { ...tell, which: 'newest' },
    { do: 'work', task: 'refresh' },
  ],
};

describe('the books are right after', () => {
  it.each(Object.entries(found))('%s', async (_name, steps) => {
    await runHistory(steps);
  });
});
