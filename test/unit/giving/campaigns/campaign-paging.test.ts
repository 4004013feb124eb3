import { describe, expect, it } from 'vitest';
import { pageOf, parseCampaignCursor, toCampaignCursor } from '#giving/campaigns/campaign-cursor.ts';
import { Problem } from '#platform/errors.ts';

describe('pages of campaigns', () => {
  it('show every campaign once, in order, for every size of page', () => {
    const all = Array.from({ length: 23 }, (_, i) => i);
    for (const limit of [1, 2, 7, 22, 23, 24, 100]) {
      const seen: number[] = [];
      let start: number | undefined = 0;
      while (start !== undefined) {
        const page: ReturnType<typeof pageOf<number>> = pageOf(all, start, limit);
        expect(page.data.length).toBeGreaterThan(0);
        expect(page.data.length).toBeLessThanOrEqual(limit);
        seen.push(...page.data);
        start = page.next === undefined ? undefined : parseCampaignCursor(toCampaignCursor(page.next));
      }
      expect(seen).toEqual(all);
    }
  });

  it('are empty, with an end, when the list grew shorter than the cursor', () => {
    expect(pageOf([1, 2], 5, 20)).toEqual({ data: [], next: undefined });
  });

  it.each([
    '',
    '5',
    'WyIyMDI2LTExIixudWxsLDBd',
    toCampaignCursor(0),
    toCampaignCursor(-1),
    toCampaignCursor(1.5),
  ])('refuse the cursor %j, which is none of ours, and name it', (cursor) => {
    expect(() => parseCampaignCursor(cursor)).toThrow(Problem);
    try {
      parseCampaignCursor(cursor);
    } catch (error) {
      expect((error as Problem).errors[0]?.pointer).toBe('/cursor');
    }
  });
});
