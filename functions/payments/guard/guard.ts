import type { GuardLimits } from './guard-limits.ts';

/** A stretch of time whose counters stand together: the key of each holds its start. */
export interface Window {
  readonly start: Date;
  readonly end: Date;
}

/** What was counted of a campaign in one window. */
export interface WindowCounts {
  /** Payments that a card's bank declined. */
  readonly declines: number;
  /** Starts below the raised minimum by addresses that had started before in the window. */
  readonly smallStarts: number;
}

/** Everything that the breaker goes by. */
export interface GuardSeen {
  readonly current: WindowCounts;
  readonly previous: WindowCounts;
  /** About how many gifts were paid in the last window's length (`paidLately`). */
  readonly paid: number;
  readonly now: Date;
}

/** What may be started now. Nothing of it ever closes a campaign: a gift of the minimum is always possible at a stated pace. */
export interface Guard {
  readonly stage: 'normal' | 'breaker-open';
  /** Whether it is this very window that is suspicious, not only the one before. */
  readonly opensBreaker: boolean;
  /** The smallest gift, minor units; undefined when only Stripe's own minimum holds. */
  readonly minimum: number | undefined;
  readonly startsAnAddress: number;
  readonly startsAnEmail: number;
  /** Checkouts that the campaign may start in a minute, besides the sure places; undefined for any number. */
  readonly startsAMinute: number | undefined;
  /** Checkouts that it may start in a minute for networks that had no place lately; undefined for any number. */
  readonly newAMinute: number | undefined;
  /** When the normal limits hold again if nothing more happens; undefined when they do. */
  readonly until: Date | undefined;
}

/** The window of a length that a moment is in; windows begin at whole multiples of it since 1970, UTC. */
export function windowAt(moment: Date, length: number): Window {
  const start = moment.getTime() - (moment.getTime() % length);
  return { start: new Date(start), end: new Date(start + length) };
}

/**
 * Decides whether a campaign's breaker is open. Card testing shows in declined payments that outnumber the paid ones, and in many
 * small gifts that the same addresses start and do not pay; a broadcast that brings a thousand honest donors shows neither. The
 * breaker is open from the window that opens it to the end of the next one, and then closes by itself.
 */
export function decideGuard(seen: GuardSeen, limits: GuardLimits): Guard {
  const opensNow = isSuspicious(seen.current, seen.paid, limits);
  if (!opensNow && !isSuspicious(seen.previous, seen.paid, limits)) {
    return {
      stage: 'normal',
      opensBreaker: opensNow,
      minimum: undefined,
      startsAnAddress: limits.startsAnAddress,
      startsAnEmail: limits.startsAnEmail,
      startsAMinute: undefined,
      newAMinute: undefined,
      until: undefined,
    };
  }
  const { breakerOpen, window } = limits;
  const { end } = windowAt(seen.now, window);
  const twicePaid = Math.ceil((2 * seen.paid * 60_000) / window);
  return {
    stage: 'breaker-open',
    opensBreaker: opensNow,
    minimum: breakerOpen.minimum,
    startsAnAddress: breakerOpen.startsAnAddress,
    startsAnEmail: breakerOpen.startsAnEmail,
    startsAMinute: Math.max(breakerOpen.startsAMinute, twicePaid),
    newAMinute: Math.max(breakerOpen.newAMinute, twicePaid),
    until: opensNow ? new Date(end.getTime() + window) : end,
  };
}

function isSuspicious({ declines, smallStarts }: WindowCounts, paid: number, limits: GuardLimits): boolean {
  return (
    (declines >= limits.declines && declines > paid) ||
    (smallStarts >= limits.smallStarts && smallStarts > 2 * paid)
  );
}

/**
 * About how many gifts were paid in a window's length before now, from the times of a campaign's newest ones: when all of them are
 * that young there were more, at the rate at which they came.
 *
 * @param times of the newest gifts, newest first; at most `most` are kept of them
 */
export function paidLately(times: readonly Date[], most: number, now: Date, { window }: GuardLimits): number {
  const young = times.filter((time) => now.getTime() - time.getTime() <= window);
  if (young.length < most) return young.length;
  const span = now.getTime() - Math.min(...young.map((time) => time.getTime()));
  return Math.round((young.length * window) / Math.max(1000, span));
}
