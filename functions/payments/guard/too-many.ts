import { formatTime } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { type Currency, formatMoneyShort } from '#platform/money.ts';

/**
 * Too many checkouts, whatever was counted: one sentence for all, so that it reveals to nobody what an address or an e-mail address
 * did before.
 */
export class TooManyProblem extends Problem {
  /** When the same request can help. */
  readonly end: Date;

  constructor(now: Date, end: Date) {
    super(
      'too-many-checkouts',
      `Too many gifts were started in a short time; try again at ${wholeMinute(end)} Hong Kong time.`,
      { retryAfter: secondsUntil(now, end) },
    );
    this.end = end;
  }
}

/** The gift is smaller than what can be given for a while, with what can. */
export class MinimumRaisedProblem extends Problem {
  /** Minor units. */
  readonly minimum: number;
  readonly currency: Currency;
  /** When smaller gifts are possible again. */
  readonly end: Date;

  constructor(minimum: number, currency: Currency, now: Date, end: Date) {
    const smallest = formatMoneyShort(minimum, currency);
    super(
      'minimum-raised',
      `Stolen cards are being tried out here, so gifts start at ${smallest} for a while; smaller ones are possible again at ${wholeMinute(end)} Hong Kong time.`,
      {
        errors: [{ pointer: '/amount', detail: `The amount is at least ${minimum} (${smallest}) now.` }],
        retryAfter: secondsUntil(now, end),
      },
    );
    this.minimum = minimum;
    this.currency = currency;
    this.end = end;
  }
}

/** The Hong Kong time from which a request can help, as a person reads it: never early. */
export function wholeMinute(moment: Date): string {
  return formatTime(new Date(Math.ceil(moment.getTime() / 60_000) * 60_000));
}

function secondsUntil(now: Date, end: Date): number {
  return Math.max(1, Math.ceil((end.getTime() - now.getTime()) / 1000));
}
