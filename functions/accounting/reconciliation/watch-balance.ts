import type { BooksContext } from '#accounting/payouts/record-fees.ts';
import { Attempts } from '#kernel/attention/attempt-each.ts';
import { callOnce } from '#kernel/attention/call-person.ts';
import { listOtherCurrency } from '#payments/payment/list-other-currency.ts';
import { readBalance } from '#platform/stripe/listings.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, toItem } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type ComparedBalance, compareBalance } from './reconcile.ts';

/**
 * Compares Stripe's balance with the books, and calls a person when two nights in a row find the same difference: a movement that is on
 * its way changes it. The same sum calls once. Unassigned movements cause no difference, because the books hold them too.
 */
export async function watchBalance(ctx: BooksContext): Promise<ComparedBalance> {
  const { table, now } = ctx;
  const attempts = new Attempts(ctx);
  const balance = await readBalance(ctx.stripe);
  const nameOf = ([currency]: readonly [string, number]) => currency;
  await attempts.each('balance', balance.others, nameOf, async ([currency, amount]) => {
    if (amount !== 0) await listOtherCurrency({ id: `balance-${currency}`, currency, amount }, ctx);
  });
  const compared = await compareBalance(ctx, balance);
  const { difference } = compared;
  const key = keys.cursor('stripe-balance');
  const before = (await readItems(table, [key], { consistent: true })).itemAt(key)?.difference;
  await writeOne(table, { put: toItem(key, 'cursor', 1, { difference, at: now.toISOString() }) });
  if (difference !== 0 && before === difference) {
    const attention = { kind: 'balance-differs', id: String(difference), at: now } as const;
    await callOnce({ need: 'BooksDiffer', attention, fields: { kind: 'balance', difference } }, { table });
  }
  attempts.end('balances in other currencies could not be listed.');
  return compared;
}
