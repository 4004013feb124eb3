import { describe, expect, it } from 'vitest';
import { campaignState, daysLeft, isFunded, lastDay } from '#giving/campaigns/campaign.ts';
import { isSlug } from '#platform/id-shapes.ts';

describe('a campaign', () => {
  const opensAt = new Date('2026-09-01T00:00:00Z');
  const closesAt = new Date('2026-10-01T00:00:00Z');

  it.each([
    ['2026-08-31T23:59:59.999Z', 'not-yet-open'],
    ['2026-09-01T00:00:00.000Z', 'open'],
    ['2026-09-30T23:59:59.999Z', 'open'],
    ['2026-10-01T00:00:00.000Z', 'closed'],
  ])('at %s is %s', (now, state) => {
    expect(campaignState({ status: 'published', opensAt, closesAt }, new Date(now))).toBe(state);
  });

  it('without an end stays open', () => {
    expect(
      campaignState({ status: 'published', opensAt, closesAt: undefined }, new Date('2099-01-01T00:00:00Z')),
    ).toBe('open');
  });
});

describe('a slug', () => {
  it.each(['lai-chi-kok-warehouse', 'education', 'a1', 'x'.repeat(60)])('%j is one', (text) => {
    expect(isSlug(text)).toBe(true);
  });

  it.each(['', 'Education', '-a', 'a-', 'a--b', 'a#b', 'a/b', '../a', 'a\n', '教育', 'x'.repeat(61)])(
    '%j is none, so it never reaches a key',
    (text) => {
      expect(isSlug(text)).toBe(false);
    },
  );
});

describe('a fund', () => {
  it.each([
    [99_999, false],
    [100_000, true],
    [250_000, true],
  ])('with a goal of 100000 and %d raised: funded is %s', (raised, funded) => {
    expect(isFunded({ kind: 'fund', goal: 100_000 }, raised)).toBe(funded);
  });

  it('that repeats every month is never funded for good', () => {
    const budgets = [{ from: '2026-09', amount: 100 }];
    expect(isFunded({ kind: 'monthly-budget', firstMonth: '2026-09', budgets }, 1_000_000)).toBe(false);
  });
});

describe('the days that are left', () => {
  // The end of 30 September in Hong Kong.
  const closesAt = new Date('2026-09-30T16:00:00Z');

  it.each([
    ['2026-09-28T15:59:59Z', 2, 'late on the 28th'],
    ['2026-09-28T16:00:00Z', 1, 'as the 29th begins'],
    ['2026-09-29T16:00:00Z', 0, 'as the last day begins'],
    ['2026-09-30T15:59:59Z', 0, 'in its last second'],
    ['2026-09-30T16:00:00Z', undefined, 'when it is over'],
  ])('are counted in Hong Kong days: at %s %s (%s)', (now, left, _when) => {
    expect(daysLeft(closesAt, new Date(now))).toBe(left);
  });

  it('are none where there is no end, and the last day is that of the last moment', () => {
    expect(daysLeft(undefined, closesAt)).toBeUndefined();
    expect(lastDay(closesAt)).toBe('2026-09-30');
    expect(lastDay(new Date('2026-09-30T16:00:00.001Z'))).toBe('2026-10-01');
  });
});
