import { describe, expect, it } from 'vitest';
import { type FundMonth, noFigures, noPayments } from '#accounting/funds/fund-month.ts';
import { provePassedOn } from '#accounting/funds/passed-on-proof.ts';

function month(changes: Partial<FundMonth> = {}): FundMonth {
  return {
    ...noFigures(),
    slug: 'a',
    month: '2026-10',
    cashMissing: 0,
    feesBorneBy: 'receiver',
    received: 100_000,
    payments: 2,
    fees: 3_870,
    feeEntries: 2,
    passedOn: { rent: { ...noPayments, amount: 60_000, payments: 6 } },
    ...changes,
  };
}
const there = { money: 90_000, held: 100_000, feesNotDue: 10_000 };
const prove = (months: readonly FundMonth[], { givenOut = 60_000, shown = 60_000, coverage = there } = {}) =>
  provePassedOn(months, '2026-10', givenOut, shown, coverage);

describe('that the books find what is held', () => {
  it('is proven when all that was received, less what went back, was passed on or is held, with the fee beside it', () => {
    const proof = prove([month({ refunded: 5_000, disputed: 1_000, opening: 2_000, transferredOut: 500 })]);
    expect(proof).toEqual({
      holds: true,
      unmet: [],
      received: 100_000,
      broughtIn: 1_500,
      refunded: 5_000,
      disputed: 1_000,
      passedOn: 60_000,
      held: 35_500,
      fees: 3_870,
    });
    const { received, broughtIn, refunded, disputed, passedOn, held } = proof;
    expect(received + broughtIn - refunded - disputed).toBe(passedOn + held);
  });

  it.each<[string, string, () => ReturnType<typeof prove>]>([
    ['the fund bore a fee', 'fees-borne-by-receiver', () => prove([month({ feesBorneBy: 'fund' })])],
    ['a gift’s fee is not known', 'fees-known', () => prove([month({ feeEntries: 1 })])],
    [
      'a correction took gifts out',
      'nothing-taken-out',
      () => prove([month({ corrected: -1, takenOut: 1 })]),
    ],
    [
      'more than was brought in is corrected away',
      'nothing-taken-out',
      () => prove([month({ opening: -1 })]),
    ],
    ['cash is missing', 'no-cash-missing', () => prove([month({ cashMissing: 1 })])],
    ['more went back than is left', 'never-overdrawn', () => prove([month({ refunded: 40_001 })])],
    [
      'it was overdrawn once',
      'never-overdrawn',
      () => prove([month({ received: 59_999 }), month({ month: '2026-11', payments: 0, passedOn: {} })]),
    ],
    [
      'the books say more than was handed over',
      'passed-on-counted',
      () => prove([month()], { givenOut: 59_999 }),
    ],
    [
      'a cent of what funds hold is nowhere',
      'money-is-there',
      () => prove([month()], { coverage: { ...there, money: 89_999 } }),
    ],
    [
      'nobody has looked for the money',
      'money-is-there',
      () => provePassedOn([month()], '2026-10', 60_000, 60_000, undefined),
    ],
    ['nothing is shown yet', 'something-passed-on', () => prove([month()], { shown: 0 })],
  ])('is not said when %s', (_, condition, made) => {
    expect(made()).toMatchObject({ holds: false, unmet: [condition] });
  });

  it('does not wait for the fees of the running month, and takes found cash as found', () => {
    const running = month({ month: '2026-11', feeEntries: 0, passedOn: {} });
    expect(prove([month({ cashMissing: 300 }), { ...running, cashMissing: -300 }]).holds).toBe(true);
  });
});
