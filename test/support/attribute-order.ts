import type { Table } from '#platform/table/table.ts';

type Draw = () => number;

/** Numbers in [0, 1) that a seed decides (mulberry32). */
function seeded(seed: number): Draw {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Lets every answer of a table come with its items' attributes, those of maps within them and the members of sets in another order
 * each time: DynamoDB promises none, and its engines differ. Lists stay as they are.
 *
 * @param seed decides the orders
 */
export function shuffleAttributes(table: Table, seed = 1): Table {
  const draw = seeded(seed);
  table.client.middlewareStack.add(
    (next) => async (args) => {
      try {
        const result = await next(args);
        Object.assign(result, { output: shuffled(result.output, draw) });
        return result;
      } catch (error) {
        // A condition that failed brings the item that stood in the way.
        for (const name of ['Item', 'CancellationReasons'] as const) {
          const failed = error as Record<typeof name, unknown>;
          if (failed[name]) failed[name] = shuffled(failed[name], draw);
        }
        throw error;
      }
    },
    { step: 'deserialize', priority: 'high', name: 'shuffleAttributes', override: true },
  );
  return table;
}

/** @param value a part of an answer in DynamoDB's own form */
function shuffled(value: unknown, draw: Draw): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, draw));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value).map(([name, one]) => {
    const isSet = ['SS', 'NS', 'BS'].includes(name) && Array.isArray(one);
    return [name, isSet ? inAnyOrder(one, draw) : shuffled(one, draw)] as const;
  });
  return Object.fromEntries(inAnyOrder(entries, draw));
}

function inAnyOrder<T>(all: readonly T[], draw: Draw): T[] {
  return all
    .map((one) => [draw(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}
