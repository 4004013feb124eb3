import { Attempts } from '#kernel/attention/attempt-each.ts';
import { callOnce } from '#kernel/attention/call-person.ts';
import type { Context } from '#platform/context/context.ts';
import { jitter } from '#platform/table/jitter.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readItems, readWholeList } from '#platform/table/table.ts';
import { sameValue } from '#platform/values.ts';
import { readStock } from './read-stock.ts';
import { type Counted, countBuckets, type Hold, isWhole, type Slice } from './stock.ts';
import { fromHoldItem, fromSubjectsItem } from './stock-item.ts';

/** How often a difference must be seen, since a list shows a hold a moment late, and how often a subject is read until it rests. */
const [sightings, mostReadings] = [3, 40];

/**
 * Counts anew what is free, held and sold of everything of a subject, while nothing of it is sold.
 * @returns undefined when it was sold from at each reading
 */
export async function recountStock(
  { subject }: Pick<Slice, 'subject'>,
  { table }: Pick<Context, 'table'>,
): Promise<Counted[] | undefined> {
  let counted: Counted[] | undefined;
  let seen = 0;
  for (let reading = 1; reading <= mostReadings; reading += 1) {
    const before = await readStock(subject, { table });
    const holds = await readHolds(subject, { table });
    const after = await readStock(subject, { table });
    if (sameValue([...before], [...after])) {
      counted = countBuckets(after, holds);
      seen += 1;
      if (counted.every(isWhole) || seen === sightings) return counted;
    }
    await jitter(reading);
  }
  return counted;
}

/** The holds of a subject, as they stand now. */
async function readHolds(subject: string, { table }: Pick<Context, 'table'>): Promise<Hold[]> {
  const holds: Hold[] = [];
  for await (const page of readWholeList(table, lists.holds(subject))) {
    const found = await readItems(table, page, { consistent: true });
    holds.push(...page.flatMap((key) => found.itemAt(key) ?? []).map(fromHoldItem));
  }
  return holds;
}

/**
 * Counts the stock of every subject anew. A bucket that does not add up is listed for a person.
 * @returns how many do not
 * @throws WorkFailed at the end when some subjects could not be counted; the others were
 */
export async function recountAllStock({ table, now }: Pick<Context, 'table' | 'now'>): Promise<number> {
  const key = keys.stockSubjects();
  const subjects = fromSubjectsItem((await readItems(table, [key])).itemAt(key));
  const attempts = new Attempts({ table, now });
  let differing = 0;
  const idOf = (subject: string) => subject;
  await attempts.each('stock', subjects, idOf, async (subject) => {
    const counted = await recountStock({ subject }, { table });
    for (const bucket of (counted ?? []).filter((each) => !isWhole(each))) {
      differing += 1;
      await callForDifference(subject, bucket, { table, now });
    }
  });
  attempts.end('subjects of stock could not be counted.');
  return differing;
}

async function callForDifference(
  subject: string,
  { bucket }: Counted,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const id = `${subject}/${bucket}`;
  const attention = { kind: 'stock-differs', id, at: now } as const;
  await callOnce({ need: 'StockDiffers', attention, fields: { bucket: id } }, { table });
}
