interface Task {
  readonly due: number;
  readonly run: () => void | Promise<void>;
}

/**
 * Tasks for a later time on the local Stripe's clock. Each request runs what is due, so that nobody sees an overdue
 * state; a ticking timer runs it when no request comes.
 */
export class Schedule {
  readonly #now: () => number;
  #tasks: Task[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;

  /** @param now milliseconds of the clock */
  constructor(now: () => number) {
    this.#now = now;
    this.#timer = setInterval(() => this.runDue(), 100);
    this.#timer.unref();
  }

  /** @param seconds from now */
  add(seconds: number, run: Task['run']): void {
    this.#tasks.push({ due: this.#now() + seconds * 1000, run });
  }

  /** Starts every task whose time has come, earliest first. */
  runDue(): void {
    const now = this.#now();
    const due = this.#tasks.filter((task) => task.due <= now).sort((a, b) => a.due - b.due);
    if (due.length === 0) return;
    this.#tasks = this.#tasks.filter((task) => task.due > now);
    for (const task of due) {
      const work = task.run();
      if (work) this.track(work);
    }
  }

  /** When the next task is due, in milliseconds of the clock; undefined when none waits. */
  next(): number | undefined {
    return this.#tasks.length === 0 ? undefined : Math.min(...this.#tasks.map(({ due }) => due));
  }

  /** Does every task whose time has come, and waits for what it began. */
  async run(): Promise<void> {
    this.runDue();
    await Promise.allSettled(this.#running);
  }

  /** Remembers work in progress until it is done, for `close`. */
  track(work: Promise<void>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** Forgets what is planned and waits for what is running. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#tasks = [];
    await Promise.allSettled(this.#running);
  }
}
