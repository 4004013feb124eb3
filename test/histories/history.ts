import { expect } from 'vitest';
import { everything } from '../support/table.ts';
import { canonicalBooks } from './canonical.ts';
import { checkInvariants } from './check.ts';
import { play } from './play.ts';
import { settle } from './settle.ts';
import type { Step } from './steps.ts';
import { tellOnce } from './told-once.ts';
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
    await settle(world);
    const reached = await checkInvariants(world);
    const [reported, once] = await Promise.all([everything(world.table), tellOnce(world)]);
    expect(canonicalBooks(reported), 'the books that one copy of each event gives, in order').toEqual(
      canonicalBooks(once),
    );
    return reached;
  } finally {
    await world.close();
  }
}
