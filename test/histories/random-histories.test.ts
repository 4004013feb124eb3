import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { huntLogs } from './hunt.ts';
import { runHistory } from './run-history.ts';
import { chosenRun } from './run-settings.ts';
import { histories } from './steps.ts';

const { count, lanes, seed, path } = chosenRun();

const lines: string[] = [];
/** What the histories reached, and how often. */
const reached = new Map<string, number>();
/** What so many histories certainly reach. */
const everything = [
  'crash',
  'dispute-reinstated',
  'dispute-withdrawn',
  'fee',
  'hand-over',
  'moved on',
  'payment',
  'payout',
  'payout-failed',
  'refund',
  'refund-failed',
];
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Plays a part of the histories, one after the other; parts run side by side, each in tables of its own. */
async function runLane(lane: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      for (const each of await runHistory(steps)) reached.set(each, (reached.get(each) ?? 0) + 1);
      huntLogs(lines.splice(0));
    }),
    { numRuns: Math.ceil(count / lanes), seed: seed + lane, ...(path !== undefined && { path }) },
  );
}

describe('random histories', () => {
  it('keep the books right, whatever comes in whatever order', { timeout: 1_500_000 }, async () => {
    // Vitest keeps back what passing tests log, and the seed is wanted of those too.
    process.stderr.write(`${count} random histories of HISTORIES_SEED=${seed}\n`);
    const began = performance.now();
    await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
    const seconds = (performance.now() - began) / 1000;
    const reported = [...reached].sort().map(([name, times]) => `${name} ${times}`);
    process.stderr.write(`${count} random histories in ${seconds.toFixed(0)} s: ${reported.join(', ')}\n`);
    if (count >= 1000 && path === undefined) expect([...reached.keys()].sort()).toEqual(everything);
  });
});
