/** How many random histories are played, and which. */
export interface RunSettings {
  readonly count: number;
  /** How many run side by side; each has the next seed. */
  readonly lanes: number;
  readonly seed: number;
  /** Where in the histories of the seed a failing one stands; only that one is played. */
  readonly path: string | undefined;
}

const inEveryRun = 10;
const seedOfTests = 51;
const largestSeed = 2_147_483_600;

/**
 * Reads from the environment what to play: `HISTORIES` (how many; 10), `HISTORIES_SEED` (the same seed plays the same histories;
 * `npm test` has its own, every other run draws one) and `HISTORIES_PATH` (with the seed that a failure prints: that history alone).
 *
 * @throws Error that names the variable when it is no whole number
 */
export function chosenRun(environment = process.env): RunSettings {
  const whole = (name: string, otherwise: number) => {
    const number = Number(environment[name] ?? otherwise);
    if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${name} is a whole number from 1 on.`);
    return number;
  };
  const path = environment.HISTORIES_PATH;
  return {
    count: whole('HISTORIES', inEveryRun),
    lanes: path === undefined ? 3 : 1,
    seed: whole('HISTORIES_SEED', environment.HISTORIES ? 1 + (Date.now() % largestSeed) : seedOfTests),
    path,
  };
}
