import type { StoredEvent } from './account/store.ts';

/**
 * Plays moments of the past: the account's clock stands at one while something happens there. Its events count as delivered long ago:
 * the caller gets them, the webhook does not.
 */
export class Past {
  readonly #present: () => number;
  #moment: number | undefined;
  #events: StoredEvent[] = [];

  /** @param present milliseconds of the clock that runs */
  constructor(present: () => number) {
    this.#present = present;
  }

  /** Milliseconds since 1970: of the moment that is played, else of the present one. */
  now(): number {
    return this.#moment ?? this.#present();
  }

  /** Takes a new event of the moment that is played; an event of the present is the webhook's. */
  takes(event: StoredEvent): boolean {
    if (this.#moment === undefined) return false;
    event.pending_webhooks = 0;
    this.#events.push(event);
    return true;
  }

  /**
   * Plays one moment, and then goes back to the present.
   *
   * @returns the events of the moment, oldest first
   * @throws Error while another moment is played: there is one clock
   */
  async play(moment: Date, happen: () => Promise<void>): Promise<readonly StoredEvent[]> {
    if (this.#moment !== undefined) throw new Error('Another moment of the past is being played.');
    this.#moment = moment.getTime();
    this.#events = [];
    try {
      await happen();
      return this.#events;
    } finally {
      this.#moment = undefined;
    }
  }

  /** Lets time pass in the moment that is played. */
  pass(seconds: number): void {
    if (this.#moment !== undefined) this.#moment += seconds * 1000;
  }
}
