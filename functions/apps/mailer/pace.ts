/** How long a request counts when its answer has no rate-limit headers, or never comes. Milliseconds; Resend's window is one second. */
const silence = 1000;

/** The longest pause, in milliseconds, whatever Resend says (a quota's pause lasts a day): the function's own time is short. */
const longestPause = 5000;

/**
 * A token bucket that Resend fills: each answer's headers say how many requests are left and when there are more
 * (`ratelimit-remaining`, `ratelimit-reset` in seconds; resend.com/docs/api-reference/rate-limit).
 */
export class Pace {
  #left = 1;
  #moreAt = 0;
  readonly #now: () => number;
  readonly #wait: (milliseconds: number) => Promise<void>;

  constructor(
    now: () => number = Date.now,
    wait: (milliseconds: number) => Promise<void> = (milliseconds) =>
      new Promise((resolve) => setTimeout(resolve, milliseconds)),
  ) {
    this.#now = now;
    this.#wait = wait;
  }

  /** Waits until a request may be sent, and takes it from the bucket. When several callers wait, one goes on at a time. */
  async take(): Promise<void> {
    while (this.#left <= 0) {
      const due = this.#moreAt - this.#now();
      if (due > 0) await this.#wait(due);
      else this.#left = 1;
    }
    this.#left -= 1;
    if (this.#left === 0) this.#moreAt = Math.max(this.#moreAt, this.#now() + silence);
  }

  /**
   * Learns from the headers of an answer. After an answer without them, or no answer, one request goes in each window, so that a broken
   * Resend is not called faster than a healthy one.
   */
  learn(headers: Readonly<Record<string, string>> | null): void {
    const left = Number(headers?.['ratelimit-remaining'] ?? Number.NaN);
    const reset = Number(headers?.['retry-after'] ?? headers?.['ratelimit-reset'] ?? Number.NaN);
    this.#left = Number.isFinite(left) ? left : 0;
    const pause = Number.isFinite(reset) ? reset * 1000 : silence;
    this.#moreAt = this.#now() + Math.min(pause, longestPause);
  }
}
