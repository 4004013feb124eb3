import { expect } from 'vitest';
import { everything } from '../support/table.ts';
import { canonicalBooks } from './canonical.ts';
import { checkInvariants } from './check.ts';
import { comeToRest } from './come-to-rest.ts';
import { openHistory, type Sabotage } from './history.ts';
import { play } from './play.ts';
import { reportOnce } from './reported-once.ts';
import type { Step } from './steps.ts';

/**
 * Plays a history, lets it come to rest, and checks the invariants 1, 2, 3, 7 and 9.
 * @returns what it reached, as `checkInvariants` says
 * @throws when one does not hold
 */
export async function runHistory(steps: readonly Step[], sabotage?: Sabotage): Promise<string[]> {
  const history = await openHistory(sabotage);
  try {
    for (const step of steps) await play(history, step);
    await comeToRest(history);
    const reached = await checkInvariants(history);
    const [reported, once] = await Promise.all([everything(history.table), reportOnce(history)]);
    expect(canonicalBooks(reported), 'the books that each event gives, once and in order').toEqual(
      canonicalBooks(once),
    );
    return reached;
  } finally {
    await history.close();
  }
}
