import type { Context } from '#platform/context/context.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readHold, readStock } from './read-stock.ts';
import { releaseExpired } from './release-stock.ts';
import {
  drawAllTakes,
  type Hold,
  leftOf,
  type Quantities,
  requireBuckets,
  requireQuantities,
} from './stock.ts';
import { toHoldChange, toNewHoldChange, toTakeChange } from './stock-item.ts';
import { type Along, type Refused, writeStock } from './write-stock.ts';

/**
 * What became of the stock: all of it was `written`; a `duplicate` asked before, and has what it got then; something is `sold-out`,
 * and so much is left of each bucket; or the caller's own changes were `refused`. But for `written` nothing was changed.
 */
export type StockOutcome =
  | { readonly outcome: 'written' | 'duplicate'; readonly hold: Hold }
  | { readonly outcome: 'sold-out'; readonly left: Quantities }
  | Refused;

export type StockContext = Pick<Context, 'table' | 'now' | 'random'>;

/**
 * Holds stock for a checkout until a moment: of every bucket, or of none. Who asks again finds the first hold, also when it has expired.
 * @throws Problem `invalid` for quantities that can never be had
 */
export function holdStock(
  { along, ...asked }: Omit<Hold, 'state'> & Along,
  ctx: StockContext,
): Promise<StockOutcome> {
  return takeStock({ ...asked, state: 'held' }, { along }, ctx);
}

/**
 * Takes stock that a checkout does not hold. Where there is not enough, it releases what has expired and tries once more.
 * @throws Problem `invalid` for quantities that can never be had
 */
export async function takeStock(hold: Hold, { along }: Along, ctx: StockContext): Promise<StockOutcome> {
  const { id, subject, quantities } = hold;
  requireQuantities(quantities);
  let [hasReleased, looksFirst] = [false, false];
  return retryOnConflict(async () => {
    // A hold that is there already is seen by the write, at the latest.
    const before = looksFirst ? await readHold(id, ctx) : undefined;
    if (before) return { outcome: 'duplicate', hold: before };
    looksFirst = true;
    const buckets = await readStock(subject, ctx);
    requireBuckets(quantities, buckets);
    const takes = () => drawAllTakes(quantities, buckets, ctx.random);
    if (takes()) {
      const changes = () => [toNewHoldChange(hold), ...(takes() ?? []).map(toTakeChange)];
      const written = await writeStock(changes, { along }, ctx);
      return written?.outcome === 'written' ? { outcome: 'written', hold } : written;
    }
    if (hasReleased) return { outcome: 'sold-out', left: leftOf(quantities, buckets) };
    hasReleased = true;
    await releaseExpired({ subject }, ctx);
    return undefined;
  });
}

/** Gives a hold more time, as while a bank works on its payment; `unchanged` when it is sold, released or lasts longer anyway. */
export function extendHold(
  { id, until }: Pick<Hold, 'id' | 'until'>,
  ctx: Pick<Context, 'table'>,
): Promise<'written' | 'unchanged'> {
  return retryOnConflict(async () => {
    const hold = await readHold(id, ctx);
    if (hold?.state !== 'held' || hold.until >= until) return 'unchanged';
    const written = await writeStock(() => [toHoldChange(hold, { ...hold, until })], {}, ctx);
    return written && 'written';
  });
}
