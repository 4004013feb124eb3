import type { Bench, Figure, Part } from './figures.ts';

/** A part that gave no figures, with why. */
export interface FailedPart {
  readonly name: string;
  readonly reason: string;
}

/**
 * Runs parts one after the other. A failure is reported, and only the parts that need its figures fail with it.
 *
 * @param options.parts in an order in which each stands after those it needs
 * @param options.take is given the figures of each part that ran; what it throws counts as the part's failure
 * @returns the parts that gave no figures
 */
export async function runParts(options: {
  readonly parts: readonly Part[];
  readonly bench: Bench;
  readonly take: (figures: readonly Figure[]) => void;
}): Promise<FailedPart[]> {
  const { parts, bench, take } = options;
  const failed: FailedPart[] = [];
  for (const part of parts) {
    bench.say(`${part.name}: ${part.title}`);
    const missing = part.needs?.filter((name) => failed.some((each) => each.name === name)) ?? [];
    try {
      if (missing.length > 0) throw new Error(`It needs ${missing.join(', ')}, which failed.`);
      take(await part.run(bench));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failed.push({ name: part.name, reason });
      bench.say(
        `${part.name} FAILED: ${missing.length === 0 && error instanceof Error ? error.stack : reason}`,
      );
    }
  }
  return failed;
}
