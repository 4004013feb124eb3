import type { Context } from '#platform/context/context.ts';
import { newId } from '#platform/ids.ts';
import { ended } from '#platform/table/time-to-live.ts';
import { putNew, writeOne } from '#platform/table/write-one.ts';
import { donorIn, toDonorItem } from './donor-item.ts';

/**
 * Finds the donor of an e-mail address, or makes one. Of two that ask at once for a new address, both get the same.
 * @param email the address by its hash (`emailHash`)
 * @param wanted the donor whom a new address shall lead to; a new one without it
 */
export async function keepDonor(
  email: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
  wanted: string = newId('donor'),
): Promise<string> {
  const item = toDonorItem(email, wanted, now);
  const before = await putNew(table, item);
  const known = before ? donorIn(before, now) : wanted;
  if (known !== undefined) return known;
  // It had ended, and AWS has not deleted it yet.
  await writeOne(table, { put: item, condition: ended(now) });
  return wanted;
}
