import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import { endOf, hasEnded } from '#platform/table/time-to-live.ts';
import type { SeparateChange } from '#platform/table/write-each.ts';
import { toLastingDonorChange } from './donor-item.ts';
import { toCancelledErasureChange } from './person-item.ts';

/**
 * Keeps the data of a donor whose payment has appeared, and which donor the address leads to: takes away the time at which they would
 * have ended. Data that was erased, or had ended before the payment, stays so. The address may lack it still where the person has it
 * already, so that its change is written each time, and finds nothing to do.
 *
 * @param people holds the person, if it is there
 */
export function cancelErasure(
  { checkoutId, at }: { readonly checkoutId: string; readonly at: Date },
  people: ItemsRead,
): SeparateChange[] {
  const person = people.itemAt(keys.person(checkoutId));
  if (!person || hasEnded(person, at)) return [];
  const newAddress = read(person).maybeText('newAddress');
  return [
    ...(newAddress === undefined ? [] : [toLastingDonorChange(newAddress)]),
    ...(endOf(person) ? [toCancelledErasureChange(checkoutId, at)] : []),
  ];
}
