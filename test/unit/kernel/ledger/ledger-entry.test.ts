import { describe, expect, it } from 'vitest';
import { ledgerEntry, type Posting } from '#kernel/ledger/ledger-entry.ts';

const entryOf = (...postings: Posting[]) =>
  ledgerEntry({
    sourceId: 'pi_1',
    kind: 'payment',
    postings,
    currency: 'hkd',
    at: new Date('2026-05-31T16:00:00Z'),
  });

describe('a ledger entry', () => {
  it('keeps postings that sum to zero, in the Hong Kong month in which it happened', () => {
    const postings: Posting[] = [
      { account: 'stripe', amount: 51_000 },
      { account: 'raised:education', amount: -50_000 },
      { account: 'cover', amount: -1_000 },
    ];
    expect(entryOf(...postings)).toMatchObject({ postings, month: '2026-06' });
  });

  it('is refused when its postings do not sum to zero, with what is over', () => {
    expect(() =>
      entryOf({ account: 'stripe', amount: 50_000 }, { account: 'raised:education', amount: -49_999 }),
    ).toThrow('Ledger entry pi_1: its postings sum to 1, not to zero.');
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'is refused with %d for an amount',
    (amount) => {
      expect(() =>
        entryOf({ account: 'stripe', amount }, { account: 'raised:education', amount: -amount }),
      ).toThrow(/whole minor units/);
    },
  );

  it.each([{ postings: [] }, { postings: [{ account: 'stripe', amount: 0 } as const] }])(
    'is refused with fewer than two postings: $postings',
    ({ postings }) => {
      expect(() => entryOf(...postings)).toThrow(/two postings or more/);
    },
  );
});
