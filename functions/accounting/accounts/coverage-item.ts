import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Coverage } from './coverage.ts';

/** The item that says, as of a moment, whether the money that funds hold is there. */
export function toCoverageItem({ money, held, feesNotDue }: Coverage, asOf: Date): Item {
  return toItem(keys.coverage(), 'coverage', 1, { money, held, feesNotDue, asOf: asOf.toISOString() });
}

/** Undefined while no task has added up the accounts. */
export function fromCoverageItem(item: Item | undefined): Coverage | undefined {
  if (!item) return undefined;
  const fields = read(item);
  return { money: fields.int('money'), held: fields.int('held'), feesNotDue: fields.int('feesNotDue') };
}
