/** What one request finds: whether it may go on, and the headers that Resend answers with. */
interface RateLimitState {
  readonly allowed: boolean;
  /** `ratelimit-*`, whole seconds; `retry-after` too when the request is refused. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Requests a second that Resend allows a team by default. */
const requestsPerSecond = 2;

const windowLength = 1000;

/** Resend's rate limit: a window of one second that starts with its first request. */
export class RateLimit {
  private readonly now: () => number;
  private windowEnd = Number.NEGATIVE_INFINITY;
  private used = 0;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Counts one request. Refused requests are not counted, so waiting for `retry-after` always helps. */
  take(): RateLimitState {
    const now = this.now();
    if (now >= this.windowEnd) {
      this.windowEnd = now + windowLength;
      this.used = 0;
    }
    const allowed = this.used < requestsPerSecond;
    if (allowed) this.used += 1;
    const reset = String(Math.ceil((this.windowEnd - now) / 1000));
    return {
      allowed,
      headers: {
        'ratelimit-limit': String(requestsPerSecond),
        'ratelimit-remaining': String(requestsPerSecond - this.used),
        'ratelimit-reset': reset,
        ...(allowed ? {} : { 'retry-after': reset }),
      },
    };
  }
}
