/** The middle value; of an even count the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error('There is no median of nothing.');
  return (low + high) / 2;
}

/** What one kind of work cost in each of its batches, for one run of it. */
export type Costs<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * The median over the rounds of `of` divided by `to` in the same round: what disturbs the machine disturbs neighbours alike.
 */
export function medianRatio<Name extends string>(costs: Costs<Name>, of: Name, to: Name): number {
  return median(costs[of].map((cost, round) => cost / (costs[to][round] ?? Number.NaN)));
}

/**
 * Measures kinds of work against each other in alternating batches; every second round goes the other way round, so that none
 * always follows the same neighbour. One round more than counted warms up.
 *
 * @param work what is measured; each call is one run
 * @param options.measure runs a batch and gives its cost for one run
 */
export async function interleave<Name extends string>(
  work: Readonly<Record<Name, () => Promise<unknown>>>,
  options: {
    readonly rounds: number;
    readonly batch: number;
    readonly measure: (run: () => Promise<unknown>, times: number) => Promise<number>;
  },
): Promise<Costs<Name>> {
  const names = Object.keys(work) as Name[];
  const costs = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const cost = await options.measure(work[name], options.batch);
      if (round > 0) costs[name].push(cost);
    }
  }
  return costs;
}

/** CPU milliseconds of one run, system and user, of this whole process. */
export async function cpuTime(run: () => Promise<unknown>, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

/** The median milliseconds on the clock of one run. */
export async function latency(run: () => Promise<unknown>, times: number): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    await run();
    taken.push(performance.now() - start);
  }
  return median(taken);
}
