import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { type StockContext, type StockOutcome, takeStock } from './hold-stock.ts';
import { readHold } from './read-stock.ts';
import type { Hold } from './stock.ts';
import { toHoldChange } from './stock-item.ts';
import { type Along, writeStock } from './write-stock.ts';

/**
 * Sells a checkout what it holds, once: also when the hold has expired; and when it was released meanwhile, if the stock is still there.
 * @param input.quantities what it asked for; where it holds something, that is sold
 * @throws Problem `invalid` for quantities that can never be had
 */
export function sellStock(
  { along, ...asked }: Pick<Hold, 'id' | 'subject' | 'quantities'> & Along,
  ctx: StockContext,
): Promise<StockOutcome> {
  const sale = { state: 'sold', until: ctx.now } as const;
  return retryOnConflict(async () => {
    const held = await readHold(asked.id, ctx);
    if (!held) {
      const taken = await takeStock({ ...asked, ...sale }, { along }, ctx);
      const isHeldMeanwhile = taken.outcome === 'duplicate' && taken.hold.state === 'held';
      return isHeldMeanwhile ? undefined : taken;
    }
    if (held.state === 'sold') return { outcome: 'duplicate', hold: held };
    const hold = { ...held, ...sale };
    const written = await writeStock(() => [toHoldChange(held, hold)], { along }, ctx);
    return written?.outcome === 'written' ? { outcome: 'written', hold } : written;
  });
}
