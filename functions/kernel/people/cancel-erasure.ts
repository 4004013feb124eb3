import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import { endOf } from '#platform/table/time-to-live.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { toLastingDonorChange } from './donor-item.ts';
import { fromPersonItem, toCancelledErasureChange } from './person-item.ts';

/**
 * Keeps the data of a donor whose payment has appeared, and which donor the address leads to: takes away the time at which they would
 * have ended. Data that was erased, or had ended before the payment, stays so, and repeats write nothing.
 *
 * @param read holds the person, if it is there
 */
export async function cancelErasure(
  { checkoutId, at }: { readonly checkoutId: string; readonly at: Date },
  read: ItemsRead,
  { table }: Pick<Context, 'table'>,
): Promise<void> {
  const person = read.itemAt(keys.person(checkoutId));
  const end = person && endOf(person);
  if (!end || end <= at) return;
  const { newAddress } = fromPersonItem(person);
  if (newAddress !== undefined) await writeOne(table, toLastingDonorChange(newAddress));
  await writeOne(table, toCancelledErasureChange(checkoutId, at));
}
