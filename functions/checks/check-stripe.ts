import type Stripe from 'stripe';
import { readBooks } from '../ledger/read-books.ts';
import { nextMonth } from '../platform/clock.ts';
import { compareWithStripe, nothingCompared } from '../reconciliation/compare-with-stripe.ts';
import { differenceId } from '../reconciliation/difference.ts';
import type { Audit } from './audit-table.ts';
import type { Findings } from './check.ts';

/** Younger money may be on its way into the books, as in the nightly comparison. Milliseconds. */
const onItsWay = 2 * 3_600_000;

/**
 * Compares Stripe with the ledger over the whole past, a month at a time, so that memory holds one month's names. When Stripe moved
 * nothing that is old enough, agreement would mean nothing: the check counts as not made.
 */
export async function checkStripe(
  { table, now, say, stripe }: Audit & { readonly stripe: Stripe },
  findings: Findings,
): Promise<void> {
  const { slugs, months } = await readBooks(table, now);
  const compared = nothingCompared();
  const end = new Date(now.getTime() - onItsWay);
  const startOf = (month: string) => new Date(`${month}-01T00:00:00+08:00`);
  for (const month of months) {
    const from = startOf(month);
    const until = new Date(Math.min(startOf(nextMonth(month)).getTime(), end.getTime()));
    if (from >= until) continue;
    const named = new Set<string>();
    for await (const each of compareWithStripe({ table, stripe, slugs, from, until, now }, compared)) {
      const id = differenceId(each);
      if (named.has(id)) continue;
      named.add(id);
      findings.add('3 Stripe', each.stripeId, `${each.kind}, ${each.amount}`);
    }
    say(`${month}: ${compared.movements} movements of Stripe's balance compared`);
  }
  if (compared.movements === 0 && !findings.counted.has('3 Stripe')) {
    findings.notMade.set('3 Stripe', 'nothing to compare: Stripe moved no money until two hours ago');
    return;
  }
  findings.look('3 Stripe', compared.movements + compared.refunds + compared.disputes + compared.entries);
}
