import { describe, expect, it } from 'vitest';
import { addToDay, type DaySums, netOf } from '#accounting/accounts/day-sums.ts';
import { incomeOf, taxYearStart } from '#accounting/income/income.ts';
import { type EntryKind, ledgerEntry, type Posting } from '#kernel/ledger/ledger-entry.ts';

const now = new Date('2026-11-22T12:00:00+08:00');

function daysOf(...entries: readonly (readonly [EntryKind, string, readonly Posting[]])[]) {
  const days = new Map<string, DaySums>();
  for (const [kind, at, postings] of entries) {
    addToDay(
      days,
      ledgerEntry({ sourceId: `${kind} ${at}`, kind, postings, currency: 'hkd', at: new Date(at) }),
    );
  }
  return days;
}

const gift = [
  { account: 'stripe', amount: 52_000 },
  { account: 'raised:rice', amount: -50_000 },
  { account: 'cover', amount: -2_000 },
] as const;
const fee = [
  { account: 'fee', amount: 1_800 },
  { account: 'stripe', amount: -1_800 },
] as const;
const dispute = [
  { account: 'stripe', amount: -58_500 },
  { account: 'dispute-fee', amount: 8_500 },
  { account: 'raised:rice', amount: 50_000 },
] as const;
const float = [
  { account: 'cash', amount: 900 },
  { account: 'bank', amount: -900 },
] as const;

describe('the sums of a day', () => {
  it('are all that was taken, what Stripe took, and what went back, without the fee of a dispute', () => {
    const at = '2026-11-22T08:00:00+08:00';
    const days = daysOf(
      ['payment', at, gift],
      ['fee', at, fee],
      ['dispute-withdrawn', at, dispute],
      ['cash-float', at, float],
    );
    const sums = { payments: 1, gross: 52_000, fees: 10_300, refunded: 50_000 };
    expect([...days]).toEqual([['2026-11-22', sums]]);
    expect(netOf(sums)).toBe(-8_300);
  });

  it('are of the Hong Kong day on which it happened', () => {
    const days = daysOf(['payment', '2026-11-21T15:59:59Z', gift], ['payment', '2026-11-21T16:00:00Z', gift]);
    expect([...days.keys()]).toEqual(['2026-11-21', '2026-11-22']);
  });
});

describe('totals', () => {
  it('are of today, 7 days, 30 days and the tax year, each with its first day', () => {
    const at = (day: string) => ['payment', `${day}T12:00:00+08:00`, gift] as const;
    const { totals, months } = incomeOf(
      [
        daysOf(at('2026-11-22'), at('2026-11-16'), at('2026-11-15')),
        daysOf(at('2026-10-24'), at('2026-10-23'), at('2026-04-01')),
        daysOf(at('2026-03-31')),
      ],
      now,
    );
    const counts = Object.values(totals).map(({ payments }) => payments);
    expect(counts).toEqual([1, 2, 4, 6]);
    expect(months.map(({ month, payments }) => `${month}: ${payments}`)).toEqual([
      ...['2025-12: 0', '2026-01: 0', '2026-02: 0', '2026-03: 1', '2026-04: 1', '2026-05: 0'],
      ...['2026-06: 0', '2026-07: 0', '2026-08: 0', '2026-09: 0', '2026-10: 2', '2026-11: 3'],
    ]);
  });

  it.each([
    ['2026-03-31T15:59:59Z', '2025-04-01'],
    ['2026-03-31T16:00:00Z', '2026-04-01'],
    ['2027-01-05T00:00:00Z', '2026-04-01'],
  ])('count the tax year of %s from %s', (moment, first) => {
    expect(taxYearStart(new Date(moment))).toBe(first);
  });
});
