import type Stripe from 'stripe';
import type { Table } from '#platform/table/table.ts';
import type { Crash } from './steps.ts';

/** What a call throws in a process that has ended. */
class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
}

/** Ends a process of ours at one of its calls to the outside: nothing that it does later happens. */
export class Crashes {
  /** Calls that went out since the process began. */
  calls = 0;
  /** Processes that have ended by a crash. */
  ended = 0;
  #plan: Crash | undefined;
  #hasEnded = false;
  /** Which process runs, by its number. */
  #process = 0;

  /** Whether the process has ended. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Begins a process that will crash as planned, if it makes so many calls. */
  begin(plan: Crash | undefined): void {
    this.calls = 0;
    this.#plan = plan;
    this.#hasEnded = false;
    this.#process += 1;
  }

  /** Carries out one call of the process. */
  async around<T>(call: () => Promise<T>): Promise<T> {
    const isPlanned = this.enter();
    const process = this.#process;
    const answer = await call();
    // Of calls that run side by side, one may end the process, and the next process begin, while another is answered.
    if (process !== this.#process) throw new ProcessEnded();
    if (isPlanned) this.#end();
    if (this.#hasEnded) throw new ProcessEnded();
    return answer;
  }

  /** Counts a call; answers whether the process ends after it. */
  enter(): boolean {
    if (this.#hasEnded) throw new ProcessEnded();
    const isPlanned = this.#plan?.call === this.calls;
    this.calls += 1;
    if (!isPlanned) return false;
    if (this.#plan?.when === 'after') return true;
    this.#end();
    throw new ProcessEnded();
  }

  #end(): void {
    this.#hasEnded = true;
    this.ended += 1;
  }
}

/** Lets every request through a table's client pass the crashes. */
export function crashTable(table: Table, crashes: Crashes): void {
  table.client.middlewareStack.add((next) => (args) => crashes.around(() => next(args)), {
    step: 'initialize',
    priority: 'high',
    name: 'crashes',
  });
}

/** A client of Stripe whose calls pass the crashes; a list ends the process before its first page only. */
export function crashStripe(stripe: Stripe, crashes: Crashes): Stripe {
  const wrap = (target: object): object =>
    new Proxy(target, {
      get: (of, name) => {
        const value: unknown = Reflect.get(of, name);
        if (typeof value === 'function') {
          return name === 'list'
            ? (...args: unknown[]) => {
                crashes.enter();
                return Reflect.apply(value, of, args) as unknown;
              }
            : (...args: unknown[]) =>
                crashes.around(() => Reflect.apply(value, of, args) as Promise<unknown>);
        }
        return typeof value === 'object' && value !== null ? wrap(value) : value;
      },
    });
  return wrap(stripe) as Stripe;
}
