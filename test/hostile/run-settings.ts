/** How many hostile requests are sent, and which. */
export interface HostileSettings {
  readonly count: number;
  readonly seed: number;
  /** The only request of the run that is sent, by its number; all when absent. */
  readonly only: number | undefined;
}

const inEveryRun = 400;
const seedOfTests = 9;
const largestSeed = 2_147_483_600;

/**
 * Reads from the environment what to send: `HOSTILE` (how many; 400), `HOSTILE_SEED` (the same seed sends the same requests; `npm
 * test` has its own, every other run draws one) and `HOSTILE_ONLY` (with the seed that a failure prints: that request alone).
 *
 * @throws Error that names the variable when it is no whole number
 */
export function chosenHostileRun(environment = process.env): HostileSettings {
  const whole = (name: string, otherwise: number) => {
    const number = Number(environment[name] ?? otherwise);
    if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${name} is a whole number from 0 on.`);
    return number;
  };
  return {
    count: whole('HOSTILE', inEveryRun),
    seed: whole('HOSTILE_SEED', environment.HOSTILE ? 1 + (Date.now() % largestSeed) : seedOfTests),
    only: environment.HOSTILE_ONLY === undefined ? undefined : whole('HOSTILE_ONLY', 0),
  };
}
