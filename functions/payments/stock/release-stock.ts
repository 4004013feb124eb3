import { Attempts } from '#kernel/attention/attempt-each.ts';
import type { Context } from '#platform/context/context.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { type Item, readItems, readList } from '#platform/table/table.ts';
import { readHold, readStock } from './read-stock.ts';
import { drawReturn, type Hold, type Quantities, withoutQuantities } from './stock.ts';
import {
  expiredBefore,
  fromHoldItem,
  fromSubjectsItem,
  toHoldChange,
  toHoldEndChange,
  toReturnChange,
} from './stock-item.ts';
import { type Along, type Refused, writeStock } from './write-stock.ts';

/** What became of a release: `written`; `unchanged`, since there was nothing to return; or the caller's changes were `refused`. */
export type Released = { readonly outcome: 'written' | 'unchanged' } | Refused;

type ReleaseContext = Pick<Context, 'table' | 'now' | 'random'>;

/**
 * Releases what a checkout holds; what it was sold stays sold.
 * @param input.onlyExpired leaves a hold that has not expired
 */
export function releaseHold(
  { id, onlyExpired = false, along }: { readonly id: string; readonly onlyExpired?: boolean } & Along,
  ctx: ReleaseContext,
): Promise<Released> {
  return retryOnConflict(async () => {
    const hold = await readHold(id, ctx);
    if (hold?.state !== 'held' || (onlyExpired && hold.until > ctx.now)) return { outcome: 'unchanged' };
    return returnToStock({ hold, quantities: hold.quantities, change: toHoldEndChange(hold), along }, ctx);
  });
}

/** Returns a part of what a checkout was sold, or all; `unchanged` when it was not sold so much. */
export function returnStock(
  { id, quantities, along }: Pick<Hold, 'id' | 'quantities'> & Along,
  ctx: ReleaseContext,
): Promise<Released> {
  return retryOnConflict(async () => {
    const hold = await readHold(id, ctx);
    const left = hold && withoutQuantities(hold.quantities, quantities);
    if (hold?.state !== 'sold' || !left) return { outcome: 'unchanged' };
    return returnToStock(
      { hold, quantities, change: toHoldChange(hold, { ...hold, quantities: left }), along },
      ctx,
    );
  });
}

async function returnToStock(
  {
    hold: { id, subject },
    quantities,
    change,
    along,
  }: { readonly hold: Hold; readonly quantities: Quantities; readonly change: Change } & Along,
  ctx: ReleaseContext,
): Promise<Released | undefined> {
  const buckets = await readStock(subject, ctx);
  const returns = () =>
    Object.entries(quantities).map(([bucket, quantity]) => {
      const slice = drawReturn(buckets.get(bucket) ?? [], ctx.random());
      if (!slice) throw new Error(`Hold ${id} is of the bucket ${bucket}, which is not there.`);
      return toReturnChange({ slice, quantity });
    });
  return writeStock(() => [change, ...returns()], { along }, ctx);
}

/** So many a buyer waits for who needs the room. */
const mostOfBuyer = 25;
const mostOfSweep = 1_000;

/** Releases expired holds of a subject for a buyer who needs the room: those that expired first. */
export async function releaseExpired({ subject }: Pick<Hold, 'subject'>, ctx: ReleaseContext): Promise<void> {
  const items = await readExpired(subject, mostOfBuyer, ctx);
  for (const { id } of readIntact(items, fromHoldItem)) await releaseHold({ id, onlyExpired: true }, ctx);
}

/**
 * Releases the expired holds of every subject.
 * @returns how many it released
 * @throws WorkFailed at the end when some could not be; the others were
 */
export async function releaseAllExpired(ctx: ReleaseContext): Promise<number> {
  const key = keys.stockSubjects();
  const subjects = fromSubjectsItem((await readItems(ctx.table, [key])).itemAt(key));
  const attempts = new Attempts(ctx);
  let released = 0;
  for (const subject of subjects) {
    await attempts.one('stock', subject, async () => {
      const idOf = ({ pk }: Item) => pk;
      await attempts.each('hold', await readExpired(subject, mostOfSweep, ctx), idOf, async (item) => {
        const { id } = fromHoldItem(item);
        const { outcome } = await releaseHold({ id, onlyExpired: true }, ctx);
        if (outcome === 'written') released += 1;
      });
    });
  }
  attempts.end('expired holds or subjects failed.');
  return released;
}

function readExpired(subject: string, limit: number, { table, now }: ReleaseContext): Promise<Item[]> {
  return readList(table, lists.holds(subject), { order: 'oldest', limit, before: expiredBefore(now) });
}
