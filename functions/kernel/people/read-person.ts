import { keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import { hasEnded } from '#platform/table/time-to-live.ts';
import { fromPersonItem, type Person } from './person-item.ts';

/**
 * The person of a checkout, among items that were read at `keys.person`.
 *
 * @param asOf when the gift was paid, because data that had not ended then is kept for it, however late that is noticed; the present
 * moment while nothing is paid
 * @returns undefined when the data was erased or had ended
 */
export function personAt(read: ItemsRead, checkoutId: string, asOf: Date): Person | undefined {
  const item = read.itemAt(keys.person(checkoutId));
  return item && !hasEnded(item, asOf) ? fromPersonItem(item) : undefined;
}
