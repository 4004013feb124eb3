import { clockAhead, machineNow, setClockAhead } from './clock.mjs';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';

/** Something that falls due at times of its own: a schedule, what Stripe does later. */
export interface Timeline {
  /** When the next thing is due, milliseconds since 1970; undefined when nothing is. */
  next(): number | undefined;
  /** Does what is due next, and waits for it. */
  run(): Promise<unknown>;
}

/** How far a journey is: the time, and how much was due so far. */
export interface Progress {
  readonly at: string;
  readonly done: number;
}

const longestQuietWait = 30_000;
/** How long nothing must have been written for its consequences to be over: a stream is read that soon after a write. */
const quietFor = 100;
const look = 5;

/** Moves the clock on to a moment; never back. */
function moveClock(moment: number): void {
  setClockAhead(Math.max(clockAhead(), moment - machineNow()));
}

/**
 * Moves the time on to a moment. What falls due until then is done in its order, each at its own time and after the consequences of the one
 * before.
 * @param options.rest waits until nothing runs
 */
export async function* travel({
  to,
  timelines,
  rest,
}: {
  readonly to: number;
  readonly timelines: readonly Timeline[];
  readonly rest: () => Promise<void>;
}): AsyncGenerator<Progress> {
  let done = 0;
  const progress = () => ({ at: new Date().toISOString(), done });
  for (let first = firstDue(timelines, to); first; first = firstDue(timelines, to)) {
    moveClock(first.due);
    await first.timeline.run();
    await rest();
    done += 1;
    yield progress();
  }
  moveClock(to);
  await rest();
  yield progress();
}

function firstDue(timelines: readonly Timeline[], to: number) {
  const waiting = timelines.flatMap((timeline) => {
    const due = timeline.next();
    return due !== undefined && due <= to ? [{ timeline, due }] : [];
  });
  return waiting.sort((one, other) => one.due - other.due)[0];
}

/**
 * Waits until no function runs, no message is to be received, and what was written has been read from the stream; after half a minute it goes
 * on. Queues are asked anew first: the clock may have moved past the delay of a message.
 * @param options.writes counts the writes of the tables
 */
export function restOf({
  functions,
  queues,
  writes,
}: {
  readonly functions: Pick<Functions, 'isBusy'>;
  readonly queues: Queues;
  readonly writes: () => number;
}): () => Promise<void> {
  const worked = [...queues.values()].filter(({ settings }) => settings.redrive !== undefined);
  let followed = writes();
  return async () => {
    for (const queue of worked) queue.ask();
    const begun = performance.now();
    let [seen, since] = [writes(), begun];
    for (;;) {
      const isBusy = functions.isBusy || worked.some((queue) => queue.counts().visible > 0);
      const [written, now] = [writes(), performance.now()];
      if (isBusy || written !== seen) [seen, since] = [written, now];
      if (!isBusy && (written === followed || now - since >= quietFor)) break;
      if (now - begun > longestQuietWait) break;
      await new Promise((resolve) => setTimeout(resolve, look));
    }
    followed = seen;
  };
}
