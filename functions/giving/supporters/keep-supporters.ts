import { toRepeatsChange } from '#kernel/totals/totals-item.ts';
import type { Payment } from '#payments/payment/payment.ts';
import type { Context } from '#platform/context/context.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { type ItemsRead, readItems } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type DonorsPayment, decideSupporter, isOfDonor } from './supporter-item.ts';

/**
 * Brings payments into the sets of their donors, so that a donor who gives twice is one supporter. Booking counts each payment as one;
 * the second of a donor is taken away again here, in one transaction with the set. Repetitions and any order give the same result.
 *
 * @param read holds the supporters' items that are there, where the caller has read them; what was written since is read again
 * @returns how many payments were not in their sets as they stand now
 */
export async function keepSupporters(
  payments: readonly Payment[],
  read: ItemsRead | undefined,
  { table }: Pick<Context, 'table'>,
): Promise<number> {
  let changed = 0;
  for (const payment of payments.filter(isOfDonor)) if (await keep(payment, read, { table })) changed += 1;
  return changed;
}

function keep(
  payment: DonorsPayment,
  first: ItemsRead | undefined,
  { table }: Pick<Context, 'table'>,
): Promise<boolean> {
  const key = keys.supporter(payment.fund, payment.donor);
  let known = first;
  return retryOnConflict(async () => {
    const read = known ?? (await readItems(table, [key], { consistent: true }));
    known = undefined;
    const { change, repeats } = decideSupporter(read.itemAt(key), payment);
    if (!change) return false;
    if (repeats === 0) return (await writeOne(table, change)) || undefined;
    const totals = toRepeatsChange(payment.fund, repeats, payment.paymentId);
    return (await commit(table, () => ({ supporter: change, totals }))).committed || undefined;
  });
}
