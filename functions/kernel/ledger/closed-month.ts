import { clocksDiffer, type Month, nextMonth, startOfMonth } from '#platform/clock.ts';

const day = 86_400_000;

/** A month's books stay open so long after its end: Stripe repeats an event for three days, and the sweep looks back four. */
const openAfterItsEnd = 7 * day;

/** The first moment after a month, on Hong Kong's clock. */
export function endOfMonth(month: Month): Date {
  return startOfMonth(nextMonth(month));
}

/** The moment after which a month can be closed. */
export function closableFrom(month: Month): Date {
  return new Date(endOfMonth(month).getTime() + openAfterItsEnd);
}

/** Whether a month is old enough to be closed: more than seven days past its end. */
export function isClosable(month: Month, now: Date): boolean {
  return now > closableFrom(month);
}

/**
 * Whether the sums of a month are computed anew by every run in any case: it is not over for a day. An entry of an older one marks its
 * month.
 */
export function isAlwaysSummed(month: Month, now: Date): boolean {
  return now.getTime() < endOfMonth(month).getTime() + clocksDiffer;
}

/**
 * Whether a month may be closed by now, also by a process whose clock is a day ahead. A month that cannot be closed yet takes
 * entries without a check, so that booking a payment of this moment needs no read.
 */
export function mayBeClosed(month: Month, now: Date): boolean {
  return isClosable(month, new Date(now.getTime() + clocksDiffer));
}
