import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, missingMoney } from '#accounting/accounts/coverage.ts';
import type { Account } from '#kernel/ledger/ledger-entry.ts';

type Sums = Partial<Record<Account, number>>;
const month = (name: string, sums: Sums) => ({ month: name, sums });
const gift: Sums = { stripe: 50_000, 'raised:a': -50_000 };
const isDue = (name: string) => name <= '2026-10';
const missing = (...months: { month: string; sums: Sums }[]) => missingMoney(coverageOf(months, isDue));

describe('the money that funds hold', () => {
  it('is there when what was taken for cards was paid in, and short by it until then', () => {
    const paid: Sums = { ...gift, stripe: 48_065, fee: 1_935 };
    expect(missing(month('2026-10', paid))).toBe(1_935);
    const paidIn: Sums = { bank: 1_935, 'fee-reimbursement': -1_935 };
    expect(missing(month('2026-10', paid), month('2026-11', paidIn))).toBe(0);
  });

  it('waits for the fees of months that cannot be closed yet, and takes what is paid in for the oldest first', () => {
    const paid: Sums = { ...gift, stripe: 48_065, fee: 1_935 };
    expect(missing(month('2026-11', paid))).toBe(0);
    const both = [month('2026-10', paid), month('2026-11', paid)];
    expect(missing(...both)).toBe(1_935);
    expect(missing(...both, month('2026-12', { bank: 1_935, 'fee-reimbursement': -1_935 }))).toBe(0);
    expect(missing(...both, month('2026-12', { bank: 1_934, 'fee-reimbursement': -1_934 }))).toBe(1);
  });

  it('does not take what is lost for a fee that could still be paid in', () => {
    const paid: Sums = { ...gift, stripe: 48_065, fee: 1_935, bank: 1_935, 'fee-reimbursement': -1_935 };
    expect(missing(month('2026-11', paid))).toBe(0);
    expect(missing(month('2026-11', { ...paid, bank: 1_934, 'cash-difference': 1 }))).toBe(1);
  });

  it('counts what donors added for fees, and neither what nobody has claimed nor one fund’s money for another', () => {
    const covered: Sums = { stripe: 50_068, fee: 1_935, cover: -2_003, 'raised:a': -50_000 };
    expect(missing(month('2026-10', covered))).toBe(0);
    const others: Sums = { ...gift, stripe: 60_000, unassigned: -20_000 };
    expect(missing(month('2026-10', others))).toBe(10_000);
    const overdrawn: Sums = { stripe: 40_000, 'raised:a': -50_000, 'raised:b': 10_000 };
    expect(missing(month('2026-10', overdrawn))).toBe(10_000);
  });

  it('is short by what went out of Stripe and nobody has explained: that is no money that is still there', () => {
    const wentOut: Sums = { ...gift, stripe: 45_000, unassigned: 5_000 };
    expect(missing(month('2026-10', wentOut))).toBe(5_000);
    const cameBack: Sums = { stripe: 5_000, unassigned: -5_000 };
    expect(missing(month('2026-10', wentOut), month('2026-11', cameBack))).toBe(0);
  });

  it('is short by every cent that leaves without an entry of a fund, whatever else happened', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, amount, amount, (given, fee, passed, lost) => {
        const passedOn = Math.min(passed, given);
        const books: Sums = {
          stripe: given - fee,
          bank: fee - passedOn - lost,
          fee,
          'fee-reimbursement': -fee,
          'raised:a': -given,
          'passed-on:a': passedOn,
          'cash-difference': lost,
        };
        expect(missing(month('2026-10', books))).toBe(lost);
      }),
    );
  });
});
