import type { Context } from '#platform/context/context.ts';
import { type Change, isNew } from '#platform/table/commit.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readStock } from './read-stock.ts';
import { deal, freeOf, requireBucket, requireRoom, type Slice, slicesFor } from './stock.ts';
import { toCapacityChange, toSliceItem, toSubjectChange } from './stock-item.ts';
import { type Along, type Refused, writeStock } from './write-stock.ts';

/**
 * Sets how many there are of something, and makes its bucket when it is new. Below what was sold and held nothing is free, until so much
 * has come back.
 * @param input.isMoney for sums: the bucket is then one slice; it is asked when the bucket is made
 * @throws Problem `invalid`
 */
export async function changeCapacity(
  {
    subject,
    bucket,
    capacity,
    isMoney = false,
    along,
  }: Pick<Slice, 'subject' | 'bucket' | 'capacity'> & { readonly isMoney?: boolean } & Along,
  ctx: Pick<Context, 'table'>,
): Promise<{ readonly outcome: 'written' } | Refused> {
  requireBucket({ subject, bucket, capacity });
  return retryOnConflict(async () => {
    const buckets = await readStock(subject, ctx);
    const slices = buckets.get(bucket);
    if (slices) return writeStock(() => toCapacityChanges(slices, capacity), { along }, ctx);
    requireRoom(buckets);
    const frees = deal(capacity, slicesFor(capacity, isMoney));
    const items = frees.map((free, number) =>
      toSliceItem({ subject, bucket, number, free, capacity, changes: 0 }),
    );
    const made: Change[] = items.map((put) => ({ put, condition: isNew }));
    if (buckets.size === 0) made.push(toSubjectChange(subject));
    return writeStock(() => made, { along }, ctx);
  });
}

function toCapacityChanges(slices: readonly Slice[], capacity: number): Change[] {
  const before = slices[0]?.capacity ?? 0;
  const frees = deal(freeOf(slices) + capacity - before, slices.length);
  return slices.map((slice, index) => toCapacityChange(slice, { free: frees[index] ?? 0, capacity }));
}
