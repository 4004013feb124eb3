import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideGuard, type GuardSeen, paidLately, windowAt } from '#payments/guard/guard.ts';
import { guardLimits as limits } from '#payments/guard/guard-limits.ts';

const now = new Date('2026-11-22T12:04:00Z');
const quiet = { declines: 0, smallStarts: 0 };
const seen = (changes: Partial<GuardSeen> = {}): GuardSeen => ({
  current: quiet,
  previous: quiet,
  paid: 0,
  now,
  ...changes,
});
const declined = (declines: number) => ({ declines, smallStarts: 0 });
const small = (smallStarts: number) => ({ declines: 0, smallStarts });

const counts = fc.record({ declines: fc.nat(500), smallStarts: fc.nat(500) });
const anything = fc.record({
  current: counts,
  previous: counts,
  paid: fc.nat(5000),
  now: fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
});

describe('the breaker of a campaign', () => {
  it.each([
    ['nothing happened', seen(), 'normal'],
    [
      'fewer payments were declined than the limit',
      seen({ current: declined(limits.declines - 1) }),
      'normal',
    ],
    ['as many were declined', seen({ current: declined(limits.declines) }), 'breaker-open'],
    [
      'they were declined in the window before',
      seen({ previous: declined(limits.declines) }),
      'breaker-open',
    ],
    ['more were paid than declined: a broadcast', seen({ current: declined(80), paid: 1000 }), 'normal'],
    ['a flood comes into a broadcast', seen({ current: declined(1500), paid: 1000 }), 'breaker-open'],
    [
      'the same addresses start many small gifts',
      seen({ current: small(limits.smallStarts) }),
      'breaker-open',
    ],
    ['they are many because many give', seen({ current: small(400), paid: 200 }), 'normal'],
    ['one address alone starts all it may', seen({ current: small(limits.startsAnAddress) }), 'normal'],
  ])('is right when %s', (_, reported, stage) => {
    expect(decideGuard(reported, limits).stage).toBe(stage);
  });

  it('stays open to the end of the window after the one that opened it, and rings for the opening one only', () => {
    const during = decideGuard(seen({ current: declined(50) }), limits);
    expect([during.opensBreaker, during.until]).toEqual([true, new Date('2026-11-22T12:20:00Z')]);
    const after = decideGuard(seen({ previous: declined(50) }), limits);
    expect([after.opensBreaker, after.until]).toEqual([false, new Date('2026-11-22T12:10:00Z')]);
  });

  it('never closes a campaign: whatever was counted, a gift of the minimum can be started at a stated pace', () => {
    fc.assert(
      fc.property(anything, (reported) => {
        const guard = decideGuard(reported, limits);
        expect(guard.minimum ?? 0).toBeLessThanOrEqual(limits.breakerOpen.minimum);
        expect(guard.startsAnAddress).toBeGreaterThanOrEqual(limits.breakerOpen.startsAnAddress);
        expect(guard.startsAnEmail).toBeGreaterThanOrEqual(limits.breakerOpen.startsAnEmail);
        expect(guard.startsAMinute ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
          limits.breakerOpen.startsAMinute,
        );
        if (guard.until)
          expect(guard.until.getTime() - reported.now.getTime()).toBeLessThanOrEqual(2 * limits.window);
      }),
    );
  });

  it('heals by itself: two windows later with nothing new it is as if nothing had been', () => {
    fc.assert(
      fc.property(anything, (reported) => {
        const later = { current: quiet, previous: quiet, paid: reported.paid, now: reported.now };
        expect(decideGuard(later, limits)).toEqual(decideGuard(seen({ now: reported.now, paid: 0 }), limits));
      }),
    );
  });

  it('never slows less for more declined payments, nor more for more paid ones', () => {
    const isOpen = (reported: GuardSeen) => decideGuard(reported, limits).stage === 'breaker-open';
    fc.assert(
      fc.property(anything, fc.nat(100), (reported, more) => {
        const worse = {
          ...reported,
          current: { ...reported.current, declines: reported.current.declines + more },
        };
        if (isOpen(reported)) expect(isOpen(worse)).toBe(true);
        if (isOpen({ ...reported, paid: reported.paid + more })) expect(isOpen(reported)).toBe(true);
      }),
    );
  });

  it('lets twice as many start as were lately paid in a minute, so that honest donors of a broadcast go on', () => {
    const guard = decideGuard(seen({ current: declined(1500), paid: 1000 }), limits);
    expect(guard.startsAMinute).toBe(200);
  });
});

describe('windows', () => {
  it('follow each other without a gap, and hold the moment', () => {
    fc.assert(
      fc.property(anything, ({ now: moment }) => {
        const { start, end } = windowAt(moment, limits.window);
        expect(start <= moment && moment < end).toBe(true);
        expect(windowAt(end, limits.window).start).toEqual(end);
      }),
    );
  });
});

describe('how many gifts were paid lately', () => {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  it.each([
    [[], 0],
    [[10, 20, 599], 3],
    [[10, 601, 9000], 1],
    [[30, 60, 90, 120], 20],
    [[0, 0, 0, 0], 2400],
  ])('of the newest four, given %j seconds ago, is about %i', (times, paid) => {
    expect(paidLately(times.map(ago), 4, now, limits)).toBe(paid);
  });
});
