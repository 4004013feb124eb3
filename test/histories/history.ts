import { expect } from 'vitest';
import { everything } from '../support/table.ts';
import { canonicalBooks } from './canonical.ts';
import { checkInvariants } from './check.ts';
import { comeToRest } from './come-to-rest.ts';
import { play } from './play.ts';
import { reportOnce } from './reported-once.ts';
import type { Step } from './steps.ts';
import { openWorld, type Sabotage } from './world.ts';

/**
 * Plays a history, lets it come to rest, and checks the invariants 1, 2, 3, 7 and 9.
 * @returns what it reached, as `checkInvariants` says
 * @throws when one does not hold
 */
export async function runHistory(steps: readonly Step[], sabotage?: Sabotage): Promise<string[]> {
  const world = await openWorld(sabotage);
  try {
    for (const step of steps) await play(world, step);
    await comeToRest(world);
    const reached = await checkInvariants(world);
    const [reported, once] = await Promise.all([everything(world.table), reportOnce(world)]);
    expect(canonicalBooks(reported), 'the books that each event gives, once and in order').toEqual(
      canonicalBooks(once),
    );
    return reached;
  } finally {
    await world.close();
  }
}
