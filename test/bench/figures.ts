import type { Table } from '#platform/table/table.ts';

/** One number that was measured. */
export interface Figure {
  /** Unique, `part.what`, such as `webhook.cpu-ratio`. One that has a limit is held to it. */
  readonly id: string;
  readonly value: number;
  /** Such as `ms`, `bytes`, `units`, `×`. */
  readonly unit: string;
  /** What it says, in a few words. */
  readonly text: string;
}

/** What a part of the bench gets. */
export interface Bench {
  /** With true, everything is so small that it only shows that the part works. */
  readonly tiny: boolean;
  /** Prints on the terminal what is being done. */
  say(progress: string): void;
  /** The folder of the synthesized app with its real bundles. */
  assembly(): Promise<string>;
  /** Where a DynamoDB Local in memory answers. */
  dynamodbUrl(): Promise<string>;
  /** A fresh table of the template's definition. */
  freshTable(): Promise<Table>;
  /**
   * A figure of a part that ran before.
   * @throws Error when there is none: name its part under `needs`
   */
  figure(id: string): number;
}

/** One part of the bench: a file in `parts/` that exports it as `part`. */
export interface Part {
  /** As it is chosen on the command line. */
  readonly name: string;
  readonly title: string;
  /** Parts whose figures this one reads; they run before it. */
  readonly needs?: readonly string[];
  run(bench: Bench): Promise<Figure[]>;
}

/** A figure beside its limit. */
export interface Judged extends Figure {
  readonly limit: number | undefined;
  readonly missed: boolean;
}

/**
 * Holds figures to their limits; a number that is none misses its limit too.
 * @throws Error when two figures have one id
 */
export function judge(figures: readonly Figure[], limits: Readonly<Record<string, number>>): Judged[] {
  if (new Set(figures.map(({ id }) => id)).size < figures.length) throw new Error('Two figures have one id.');
  return figures.map((figure) => {
    const limit = Object.hasOwn(limits, figure.id) ? limits[figure.id] : undefined;
    return { ...figure, limit, missed: limit !== undefined && !(figure.value <= limit) };
  });
}

/**
 * The parts to run for the names that were asked for, each after those it needs; all without names.
 * @throws Error that names an unknown part and those there are
 */
export function choose(parts: readonly Part[], names: readonly string[]): Part[] {
  const chosen: Part[] = [];
  const add = (name: string): void => {
    const part = parts.find((each) => each.name === name);
    if (!part) {
      throw new Error(`There is no part "${name}"; there are: ${parts.map((each) => each.name).join(', ')}.`);
    }
    if (chosen.includes(part)) return;
    for (const needed of part.needs ?? []) add(needed);
    chosen.push(part);
  };
  for (const name of names.length > 0 ? names : parts.map((part) => part.name)) add(name);
  return chosen;
}
