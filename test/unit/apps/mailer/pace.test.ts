import { describe, expect, it, vi } from 'vitest';
import { Pace } from '#apps/mailer/pace.ts';

/** A pace whose clock moves only while it waits; `waits` are in milliseconds. */
function paceWithClock() {
  const clock = { now: 1_000_000 };
  const waits: number[] = [];
  const pace = new Pace(
    () => clock.now,
    async (milliseconds) => {
      waits.push(milliseconds);
      clock.now += milliseconds;
    },
  );
  return { pace, clock, waits };
}

describe('the pace of mails', () => {
  it('lets the first go at once', async () => {
    const { pace, waits } = paceWithClock();
    await pace.take();
    expect(waits).toEqual([]);
  });

  it('waits until there are more when none is left', async () => {
    const { pace, waits } = paceWithClock();
    await pace.take();
    pace.learn({ 'ratelimit-remaining': '0', 'ratelimit-reset': '1' });
    await pace.take();
    expect(waits).toEqual([1000]);
  });

  it('sends as many at once as are left, and no more', async () => {
    const { pace, waits } = paceWithClock();
    pace.learn({ 'ratelimit-remaining': '2', 'ratelimit-reset': '1' });
    await pace.take();
    await pace.take();
    expect(waits).toEqual([]);
    await pace.take();
    expect(waits).toEqual([1000]);
  });

  it('waits only for what is left of the time', async () => {
    const { pace, clock, waits } = paceWithClock();
    pace.learn({ 'ratelimit-remaining': '0', 'ratelimit-reset': '1' });
    clock.now += 400;
    await pace.take();
    expect(waits).toEqual([600]);
  });

  it('does not wait when the time is over', async () => {
    const { pace, clock, waits } = paceWithClock();
    pace.learn({ 'ratelimit-remaining': '0', 'ratelimit-reset': '1' });
    clock.now += 1000;
    await pace.take();
    expect(waits).toEqual([]);
  });

  it('believes Retry-After before the time of the bucket', async () => {
    const { pace, waits } = paceWithClock();
    pace.learn({ 'ratelimit-remaining': '0', 'ratelimit-reset': '1', 'retry-after': '5' });
    await pace.take();
    expect(waits).toEqual([5000]);
  });

  it.each([null, {}, { 'ratelimit-remaining': 'soon', 'ratelimit-reset': 'later' }])(
    'lets one go in a second after an answer that says nothing of it, or none: %j',
    async (headers) => {
      const { pace, waits } = paceWithClock();
      for (let each = 0; each < 3; each += 1) {
        await pace.take();
        pace.learn(headers);
      }
      expect(waits).toEqual([1000, 1000]);
    },
  );

  it('waits five seconds at most, whatever Retry-After says', async () => {
    const { pace, waits } = paceWithClock();
    pace.learn({ 'ratelimit-remaining': '0', 'retry-after': '86400' });
    await pace.take();
    expect(waits).toEqual([5000]);
  });

  it('lets one go in a second while no answer comes, also of many that wait at once', async () => {
    vi.useFakeTimers();
    try {
      const pace = new Pace();
      let gone = 0;
      for (let each = 0; each < 5; each += 1) void pace.take().then(() => (gone += 1));
      const goneAfter: number[] = [];
      for (const step of [0, 999, 1, 1000]) {
        await vi.advanceTimersByTimeAsync(step);
        goneAfter.push(gone);
      }
      expect(goneAfter).toEqual([1, 1, 2, 3]);
    } finally {
      vi.useRealTimers();
    }
  });
});
