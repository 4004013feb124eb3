import { personAt } from '#kernel/people/read-person.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { recentHours } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems, readList } from '#platform/table/table.ts';
import type { EnteredPayment } from './entered-payment.ts';
import { fromEnteredPaymentItem } from './entered-payment-item.ts';

/** An entry that is not booked yet, with the name that was entered. */
export interface WaitingEntry extends EnteredPayment {
  readonly name: string | undefined;
}

const hoursBack = 2;

/** The entries that are not booked yet, the newest first: four requests. */
export async function listEnteredPayments(
  _: { readonly permit: Permit<'payment.enter'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<WaitingEntry[]> {
  const pages = await Promise.all(
    recentHours(now, hoursBack).map((hour) =>
      readList(table, lists.enteredPayments(hour), { order: 'newest', limit: 100 }),
    ),
  );
  const entries = readIntact(pages.reverse().flat(), fromEnteredPaymentItem);
  const people = await readItems(
    table,
    entries.map(({ checkoutId }) => keys.person(checkoutId)),
  );
  return entries.map((entry) => ({
    ...entry,
    name: personAt(people, entry.checkoutId, entry.enteredAt)?.name,
  }));
}
