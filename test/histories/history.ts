import { checkInvariants } from './check.ts';
import { play } from './play.ts';
import { settle } from './settle.ts';
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
    await settle(world);
    return await checkInvariants(world);
  } finally {
    await world.close();
  }
}
