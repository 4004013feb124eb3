import type Stripe from 'stripe';
import { readBooks } from '#accounting/accounts/read-books.ts';
import { listMovements } from '#accounting/payouts/read-balance.ts';
import { compareWithStripe, nothingCompared } from '#accounting/reconciliation/compare-with-stripe.ts';
import { differenceId } from '#accounting/reconciliation/difference.ts';
import { nextMonth, startOfMonth } from '#platform/clock.ts';
import { isOfBooks } from '#platform/money.ts';
import type { Audit } from './audit-table.ts';
import type { Findings } from './findings.ts';

/** Younger movements may not be in the books yet, as in the nightly comparison. Milliseconds. */
const onItsWay = 2 * 3_600_000;

/** The moment up to which Stripe and the ledger are compared. */
export function stripeComparedUntil(now: Date): Date {
  return new Date(now.getTime() - onItsWay);
}

/**
 * Compares Stripe with the ledger over the whole past, a month at a time, so that memory holds one month's ids. Then it compares what
 * the staff entered into the account `stripe` by hand with Stripe's balance before the books began, less the named differences. When
 * Stripe moved nothing that is old enough, agreement would mean nothing: the check counts as not made.
 */
export async function checkStripe(
  { table, now, say, stripe }: Audit & { readonly stripe: Stripe },
  findings: Findings,
): Promise<void> {
  const { slugs, months } = await readBooks({ table, now });
  const compared = nothingCompared();
  const end = stripeComparedUntil(now);
  let missing = 0;
  for (const month of months) {
    const from = startOfMonth(month);
    const until = new Date(Math.min(startOfMonth(nextMonth(month)).getTime(), end.getTime()));
    if (from >= until) continue;
    const named = new Set<string>();
    for await (const each of compareWithStripe({ table, stripe, slugs, from, until, now }, compared)) {
      const id = differenceId(each);
      if (named.has(id)) continue;
      named.add(id);
      if (each.currency === undefined) missing += each.amount;
      const unit = each.currency === undefined ? '' : ` ${each.currency.toUpperCase()}`;
      findings.add('3 Stripe', each.stripeId, `${each.kind}, ${each.amount}${unit}`);
    }
    say(`${month}: ${compared.movements} movements of Stripe's balance compared`);
  }
  const [first] = months;
  const before = first === undefined ? 0 : await movedBefore(stripe, startOfMonth(first));
  checkByHand(compared.byHand, { before, missing }, findings);
  if (compared.movements === 0 && !findings.counted.has('3 Stripe')) {
    findings.notMade.set('3 Stripe', 'nothing to compare: Stripe moved no money until two hours ago');
    return;
  }
  findings.look('3 Stripe', compared.movements + compared.refunds + compared.disputes + compared.entries);
}

/**
 * The only entry by hand that the account may hold is Stripe's balance before the books began; the staff may have corrected all of the
 * named differences there, or none.
 */
function checkByHand(
  byHand: number,
  { before, missing }: { readonly before: number; readonly missing: number },
  findings: Findings,
): void {
  const explained = before + missing;
  if (byHand === explained || byHand === before) return;
  findings.add(
    '3 Stripe',
    'account stripe',
    `${byHand} entered by hand, of which Stripe explains ${explained}`,
  );
}

/** Stripe's balance at a moment, minor units. */
async function movedBefore(stripe: Stripe, until: Date): Promise<number> {
  let held = 0;
  for await (const { amount, fee, currency } of listMovements({ from: new Date(0), until }, { stripe })) {
    if (isOfBooks(currency)) held += amount - fee;
  }
  return held;
}
