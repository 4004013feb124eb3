import type { Context } from '#platform/context/context.ts';
import type { Item } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';

/**
 * Keeps the data of people whose payment has appeared: takes away the time at which it would have ended. Data that was erased
 * stays so, and repeats write nothing.
 *
 * @param people items of people as they were read, those there are
 */
export async function cancelErasure(
  people: readonly (Item | undefined)[],
  { table }: Pick<Context, 'table'>,
): Promise<void> {
  for (const person of people) {
    if (person?.ttl === undefined) continue;
    await writeOne(table, {
      update: { pk: person.pk, sk: person.sk },
      set: { expression: 'REMOVE #ttl', names: { '#ttl': 'ttl' } },
      condition: 'attribute_exists(pk)',
    });
  }
}
