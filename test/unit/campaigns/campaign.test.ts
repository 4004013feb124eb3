import { describe, expect, it } from 'vitest';
import { campaignState, isSlug } from '../../../functions/campaigns/campaign.ts';

describe('a campaign', () => {
  const opensAt = new Date('2026-09-01T00:00:00Z');
  const closesAt = new Date('2026-10-01T00:00:00Z');

  it.each([
    ['2026-08-31T23:59:59.999Z', 'not-yet-open'],
    ['2026-09-01T00:00:00.000Z', 'open'],
    ['2026-09-30T23:59:59.999Z', 'open'],
    ['2026-10-01T00:00:00.000Z', 'closed'],
  ])('at %s is %s', (now, state) => {
    expect(campaignState({ opensAt, closesAt }, new Date(now))).toBe(state);
  });

  it('without an end stays open', () => {
    expect(campaignState({ opensAt, closesAt: undefined }, new Date('2099-01-01T00:00:00Z'))).toBe('open');
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
