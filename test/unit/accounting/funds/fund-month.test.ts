import { describe, expect, it } from 'vitest';
import { addEntry, type FundFigures } from '#accounting/funds/fund-month.ts';
import { type Account, ledgerEntry } from '#kernel/ledger/ledger-entry.ts';

/** The figures of the fund `a` after a correction. */
function corrected(...postings: [Account, number][]) {
  const figures = new Map<string, FundFigures>();
  const entry = ledgerEntry({
    sourceId: 'one',
    kind: 'correction',
    postings: postings.map(([account, amount]) => ({ account, amount })),
    currency: 'hkd',
    at: new Date('2026-11-22T04:00:00Z'),
  });
  addEntry(figures, entry);
  const { opening, corrected, takenOut } = figures.get('a') as FundFigures;
  return { opening, corrected, takenOut };
}

describe('a correction of a fund', () => {
  it.each<[string, [Account, number][]]>([
    [
      'the bank',
      [
        ['raised:a', 500],
        ['bank', -500],
      ],
    ],
    [
      'a fee',
      [
        ['raised:a', 500],
        ['fee', -500],
      ],
    ],
    [
      'cash that was lost',
      [
        ['raised:a', 500],
        ['cash-difference', -500],
      ],
    ],
    [
      'the opening balances and the bank',
      [
        ['raised:a', 500],
        ['opening', -400],
        ['bank', -100],
      ],
    ],
  ])('that moves its money to %s takes it out', (_, postings) => {
    expect(corrected(...postings)).toEqual({ opening: 0, corrected: -500, takenOut: 500 });
  });

  it('that brings it to another fund, or adds to it, takes nothing out', () => {
    expect(corrected(['raised:a', 500], ['raised:b', -500])).toMatchObject({ corrected: -500, takenOut: 0 });
    expect(corrected(['raised:a', -500], ['bank', 500])).toMatchObject({ corrected: 500, takenOut: 0 });
  });

  it('against the opening balances alone says what was there before', () => {
    expect(corrected(['raised:a', 500], ['opening', -500])).toEqual({
      opening: -500,
      corrected: 0,
      takenOut: 0,
    });
  });
});
