import { errorFields, log } from '#platform/log.ts';
import type { Table } from '#platform/table/table.ts';
import { callPerson } from './call-person.ts';
import { countFailure } from './count-failure.ts';

/** What a run of a task needs to record what failed. */
export interface Run {
  readonly table: Table;
  readonly now: Date;
}

/** Thrown at the end of all attempts: every failure is recorded already. */
export class WorkFailed extends Error {
  override readonly name = 'WorkFailed';
}

const hour = 3_600_000;
/** A person is called for what failed in this many runs, over this many milliseconds. */
const [mostRuns, longest] = [3, hour];
/** An id becomes part of a key. */
const longestId = 200;

/**
 * The parts and items of a run of a task. A failure is recorded with its kind and id, and stops none of the others; the
 * task fails at its end, so that its function does and the alarm on errors rings, for a fault of the program too. A person is called
 * for what fails again and again.
 */
export class Attempts {
  readonly #run: Run;
  #failed = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  /** How many failed so far. */
  get failed(): number {
    return this.#failed;
  }

  /** Attempts one thing. */
  async one(kind: string, id: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      await this.note(kind, id, error);
    }
  }

  /**
   * Attempts something for each item, one after another.
   * @param idOf must not fail, whatever the item holds: what reads it belongs into `act`
   * @throws what the source throws, when it cannot go on
   */
  async each<T>(
    kind: string,
    items: Iterable<T> | AsyncIterable<T>,
    idOf: (item: T) => string,
    act: (item: T) => Promise<unknown>,
  ): Promise<void> {
    for await (const item of items) await this.one(kind, idOf(item), () => act(item));
  }

  /** Records that something failed; a failure of its own parts is recorded already. */
  async note(kind: string, id: string, error: unknown): Promise<void> {
    this.#failed += 1;
    if (error instanceof WorkFailed) return;
    const what = { kind, id: id.slice(0, longestId) };
    log('error', 'work-failed', { ...what, ...errorFields(error) });
    try {
      await callWhenRepeated(what, error, this.#run);
    } catch (another) {
      // The failure itself is in the log and fails the task; the table may be what is down.
      log('error', 'failure-not-counted', { ...what, ...errorFields(another) });
    }
  }

  /**
   * Ends the attempts.
   * @param says what could not be done, after their number
   * @throws WorkFailed when any failed
   */
  end(says: string): void {
    if (this.#failed > 0) throw new WorkFailed(`${this.#failed} ${says}`);
  }
}

/** Thrown for a part that left no time to others; what it began may still come to its end. */
class PartTookTooLong extends Error {
  override readonly name = 'PartTookTooLong';
}

/** What of a function's time stays for each part to come, and for the record of a failure. Milliseconds. */
const reserve = 15_000;

/**
 * Does every part of a task, whatever becomes of the others: one that fails, or takes so long that the others would have no time, is
 * recorded, and the next begins.
 * @param run.timeLeft how long the function may still run, milliseconds; without it a part may take any time
 */
export async function doParts(
  parts: Readonly<Record<string, () => Promise<unknown>>>,
  { timeLeft, ...run }: Run & { readonly timeLeft?: (() => number) | undefined },
): Promise<void> {
  const attempts = new Attempts(run);
  const entries = Object.entries(parts);
  for (const [index, [name, act]] of entries.entries()) {
    const most = timeLeft && timeLeft() - (entries.length - index) * reserve;
    await attempts.one('part', name, () => (most === undefined ? act() : within(most, act)));
  }
  attempts.end('parts of the task failed.');
}

async function within(milliseconds: number, act: () => Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const tell = () => reject(new PartTookTooLong(`It took longer than ${milliseconds} ms.`));
    timer = setTimeout(tell, Math.max(0, milliseconds));
  });
  try {
    await Promise.race([act(), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function callWhenRepeated(
  what: { readonly kind: string; readonly id: string },
  error: unknown,
  { table, now }: Run,
): Promise<void> {
  const failure = await countFailure(what, { table, now });
  if (!failure || failure.runs < mostRuns || now.getTime() - failure.firstAt.getTime() < longest) return;
  const reason = error instanceof Error ? error.name : typeof error;
  const attention = { kind: 'work-failed', id: `${what.kind}/${what.id}`, at: now, reason } as const;
  await callPerson({ need: 'WorkKeepsFailing', attention, fields: what }, { table, now });
}
