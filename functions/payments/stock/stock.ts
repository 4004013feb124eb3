import { Problem } from '#platform/errors.ts';
import { isSlug } from '#platform/id-shapes.ts';
import { sum } from '#platform/money.ts';

/** A part of a bucket's free stock: buyers who come at once write different slices. */
export interface Slice {
  /** What the stock belongs to: an event, a family. */
  readonly subject: string;
  /** What is counted, by its name within the subject: a ticket type, a pool, a code. */
  readonly bucket: string;
  readonly number: number;
  /** Below zero only in the first slice: so much was sold and held beyond the capacity, and comes back to nobody. */
  readonly free: number;
  /** Of the whole bucket. */
  readonly capacity: number;
  /** How often the capacity was set. */
  readonly changes: number;
}

/** How much is taken of each bucket, by its name. */
export type Quantities = Readonly<Record<string, number>>;

/** The stock of a checkout: `held` until it expires or is released, `sold` once it is paid. */
export interface Hold {
  /** The checkout's id. */
  readonly id: string;
  readonly subject: string;
  readonly state: 'held' | 'sold';
  readonly quantities: Quantities;
  /** Until when nobody else may have it; for what is sold, when it was sold. */
  readonly until: Date;
}

/** What a slice is to have more, or less, of. */
export interface Take {
  readonly slice: Slice;
  readonly quantity: number;
}

/** A slice begins with at least so many, so that few orders need more than one. */
const fewestASlice = 64;
const mostSlices = 8;
const mostBuckets = 100;
/** A transaction takes a hundred items: ten buckets of eight slices, and what is written beside them. */
const mostBucketsOfHold = 10;
/** Money in minor units, or anything else that is counted, up to here. */
const mostCapacity = 1_000_000_000;

/** Over how many slices a new bucket is split. @param isMoney sums are taken in any size, which pieces would not add up to */
export function slicesFor(capacity: number, isMoney: boolean): number {
  return isMoney ? 1 : Math.min(mostSlices, Math.max(1, Math.floor(capacity / fewestASlice)));
}

/** Deals what is free evenly over slices; what is below zero stands in the first alone. */
export function deal(free: number, slices: number): number[] {
  return Array.from({ length: slices }, (_, number) => {
    if (free < 0) return number === 0 ? free : 0;
    return Math.floor(free / slices) + (number < free % slices ? 1 : 0);
  });
}

/** What is free in a bucket; below zero when more was sold and held than its capacity. */
export function freeOf(slices: readonly Slice[]): number {
  return sum(slices.map(({ free }) => free));
}

/**
 * Draws the slices that a quantity is taken from: one that has enough, else as few as have it together.
 * @param draw a number in [0, 1)
 * @returns undefined when the bucket has not enough
 */
export function drawTakes(slices: readonly Slice[], quantity: number, draw: number): Take[] | undefined {
  const enough = slices.filter(({ free }) => free >= quantity);
  const drawn = enough[Math.floor(draw * enough.length)];
  if (drawn) return [{ slice: drawn, quantity }];
  if (freeOf(slices) < quantity) return undefined;
  const takes: Take[] = [];
  let left = quantity;
  for (const slice of [...slices].sort((one, other) => other.free - one.free)) {
    const part = Math.min(left, slice.free);
    if (part > 0) takes.push({ slice, quantity: part });
    left -= part;
  }
  return takes;
}

/** Draws for every bucket; undefined when one has not enough, so that nothing is taken of any. */
export function drawAllTakes(
  quantities: Quantities,
  buckets: ReadonlyMap<string, readonly Slice[]>,
  random: () => number,
): Take[] | undefined {
  const all = Object.entries(quantities).map(([bucket, quantity]) =>
    drawTakes(buckets.get(bucket) ?? [], quantity, random()),
  );
  return all.every((takes) => takes !== undefined) ? all.flat() : undefined;
}

/** What is left of some buckets. */
export function leftOf(quantities: Quantities, buckets: ReadonlyMap<string, readonly Slice[]>): Quantities {
  const left = Object.keys(quantities).map((name) => [name, Math.max(0, freeOf(buckets.get(name) ?? []))]);
  return Object.fromEntries(left);
}

/** What is left of quantities without a part of them, empty buckets left out; undefined when they have not so much. */
export function withoutQuantities(quantities: Quantities, part: Quantities): Quantities | undefined {
  requireQuantities(part);
  const left = { ...quantities };
  for (const [bucket, quantity] of Object.entries(part)) {
    const rest = (left[bucket] ?? 0) - quantity;
    if (rest < 0) return undefined;
    if (rest > 0) left[bucket] = rest;
    else delete left[bucket];
  }
  return left;
}

/** Draws the slice that a quantity comes back to: the first while it is below zero, so that no other offers what it lacks. */
export function drawReturn(slices: readonly Slice[], draw: number): Slice | undefined {
  const [first] = slices;
  return first && first.free < 0 ? first : slices[Math.floor(draw * slices.length)];
}

/** The slices of each bucket of a subject. */
export function bucketsOf(slices: readonly Slice[]): Map<string, Slice[]> {
  const buckets = new Map<string, Slice[]>();
  for (const slice of slices) buckets.set(slice.bucket, [...(buckets.get(slice.bucket) ?? []), slice]);
  return buckets;
}

/** What became of a bucket: when it is whole, `free + held + sold = capacity`. */
export interface Counted {
  readonly bucket: string;
  readonly capacity: number;
  readonly free: number;
  readonly held: number;
  readonly sold: number;
}

export function isWhole({ capacity, free, held, sold }: Counted): boolean {
  return free + held + sold === capacity;
}

/** Counts every bucket that has slices, or that something is held of. */
export function countBuckets(
  buckets: ReadonlyMap<string, readonly Slice[]>,
  holds: readonly Hold[],
): Counted[] {
  const names = new Set([...buckets.keys(), ...holds.flatMap(({ quantities }) => Object.keys(quantities))]);
  return [...names].sort().map((bucket) => {
    const slices = buckets.get(bucket) ?? [];
    const of = (state: Hold['state']) =>
      sum(holds.filter((hold) => hold.state === state).map(({ quantities }) => quantities[bucket] ?? 0));
    return {
      bucket,
      capacity: slices[0]?.capacity ?? 0,
      free: freeOf(slices),
      held: of('held'),
      sold: of('sold'),
    };
  });
}

/** @throws Problem `invalid` for quantities that nothing can be held for */
export function requireQuantities(quantities: Quantities): void {
  const many = Object.keys(quantities).length;
  if (many === 0 || many > mostBucketsOfHold) {
    throw invalid('/quantities', `It takes from 1 to ${mostBucketsOfHold} of them together.`);
  }
  for (const [bucket, quantity] of Object.entries(quantities)) {
    if (Number.isSafeInteger(quantity) && quantity >= 1) continue;
    throw invalid(`/quantities/${bucket}`, 'It is a whole number of at least 1.');
  }
}

/** @throws Problem `invalid` for a bucket that is not there, or has never had so many */
export function requireBuckets(quantities: Quantities, buckets: ReadonlyMap<string, readonly Slice[]>): void {
  for (const [bucket, quantity] of Object.entries(quantities)) {
    const capacity = buckets.get(bucket)?.[0]?.capacity;
    if (capacity === undefined) throw invalid(`/quantities/${bucket}`, 'There is nothing of this name.');
    if (quantity > capacity) throw invalid(`/quantities/${bucket}`, `There are ${capacity} in all.`);
  }
}

/** @throws Problem `invalid` for what no bucket can be made of */
export function requireBucket({ subject, bucket, capacity }: Pick<Slice, 'subject' | 'bucket' | 'capacity'>) {
  for (const [name, text] of Object.entries({ subject, bucket })) {
    if (!isSlug(text)) throw invalid(`/${name}`, 'It is of small letters, digits and hyphens, at most 60.');
  }
  if (!Number.isSafeInteger(capacity) || capacity < 0 || capacity > mostCapacity) {
    throw invalid('/capacity', `It is a whole number from 0 to ${mostCapacity}.`);
  }
}

/** @throws Problem `invalid` when a subject has as many buckets as one request reads */
export function requireRoom(buckets: ReadonlyMap<string, unknown>): void {
  if (buckets.size >= mostBuckets) throw invalid('/bucket', `There are ${mostBuckets} of them already.`);
}

function invalid(pointer: string, detail: string): Problem {
  return new Problem('invalid', 'The stock cannot be changed like this.', { errors: [{ pointer, detail }] });
}
