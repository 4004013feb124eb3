import { afterEach, describe, expect, it } from 'vitest';
import { clockAhead, machineNow, setClockAhead } from '../cloud/clock.mjs';
import { type LocalParts, localRoutes } from '../cloud/local-routes.ts';
import { Queue } from '../cloud/queue.ts';
import { restOf, type Timeline, travel } from '../cloud/travel.ts';

const minute = 60_000;
const now = () => machineNow() + clockAhead();

afterEach(() => setClockAhead(0));

/** Something due at these minutes from the start, which records when it was done. */
function due(name: string, start: number, minutes: readonly number[], done: string[]): Timeline {
  const times = minutes.map((at) => start + at * minute);
  return {
    next: () => times[0],
    run: async () => {
      const at = times.shift() ?? 0;
      done.push(`${name} ${Math.round((at - start) / minute)}`);
      // It is never done before its time, nor after that of the next.
      expect(now()).toBeGreaterThanOrEqual(at);
      expect(now()).toBeLessThan(at + minute);
    },
  };
}

async function arrive(journey: Parameters<typeof travel>[0]) {
  let last: { readonly done: number } | undefined;
  for await (const progress of travel(journey)) last = progress;
  return last;
}

describe('a journey in time', () => {
  it('does what is due in its order, each at its own time, and nothing of later', async () => {
    const start = now();
    const done: string[] = [];
    const timelines = [due('sweep', start, [5, 10, 65], done), due('session', start, [7, 10, 31], done)];
    const end = await arrive({ to: start + 60 * minute, timelines, rest: async () => {} });
    expect(done).toEqual(['sweep 5', 'session 7', 'sweep 10', 'session 10', 'session 31']);
    expect(end?.done).toBe(5);
    expect(Math.abs(now() - start - 60 * minute)).toBeLessThan(minute);
  });

  it('does what only falls due on the way, such as a delivery that is tried again', async () => {
    const start = now();
    const done: number[] = [];
    const times = [start + minute];
    const retries: Timeline = {
      next: () => times[0],
      run: async () => {
        const at = times.shift() ?? 0;
        done.push(Math.round((at - start) / minute));
        if (done.length < 4) times.push(at + 10 * minute);
      },
    };
    await arrive({ to: start + 30 * minute, timelines: [retries], rest: async () => {} });
    expect(done).toEqual([1, 11, 21]);
  });

  it('waits for the consequences of each step before the next', async () => {
    const start = now();
    const functions = { isBusy: false };
    const queue = new Queue(
      { name: 'q', arn: 'a', url: 'u', visibilityTimeout: 60, delay: 0, retention: 86_400, redrive: dead },
      () => {},
      now,
    );
    let writes = 0;
    const rest = restOf({
      functions,
      queues: new Map([['a', queue]]),
      writes: () => writes,
    });
    const order: string[] = [];
    const step = (name: string, at: number): Timeline => {
      let next: number | undefined = start + at * minute;
      return {
        next: () => next,
        run: async () => {
          next = undefined;
          order.push(name);
          // The stream is read a moment after the write, and its function sends a message that another one takes.
          writes += 1;
          setTimeout(() => {
            functions.isBusy = true;
            queue.send(`of ${name}`);
            setTimeout(() => {
              functions.isBusy = false;
              setTimeout(() => {
                const [message] = queue.receive(1);
                order.push(String(message?.body));
                queue.delete(message?.receiptHandle ?? '');
              }, 20);
            }, 20);
          }, 20);
        },
      };
    };
    await arrive({ to: start + 60 * minute, timelines: [step('one', 1), step('two', 2)], rest });
    expect(order).toEqual(['one', 'of one', 'two', 'of two']);
  });
});

const dead = { deadLetterArn: 'd', maxReceiveCount: 3 };

describe('the command to travel', () => {
  // A request to travel that is refused looks at nothing else.
  const parts = { journey: undefined, problems: [] } as unknown as LocalParts;
  const journey = { hours: [], timelines: () => [], arrived: async () => {} };
  const ask = async (to: string, changes: Partial<LocalParts> = {}) => {
    const url = `http://127.0.0.1:8787/__local/travel?to=${encodeURIComponent(to)}`;
    const answer = await localRoutes(new Request(url, { method: 'POST' }), { ...parts, journey, ...changes });
    return { status: answer?.status, ...((await answer?.json()) as { detail: string }) };
  };

  it.each([
    [
      '2020-01-01T00:00:00Z',
      409,
      /^It is \d{4}-\d\d-\d\dT.* here, and time never goes back: choose a later moment\.$/,
    ],
    ['tomorrow', 400, /^to: tomorrow is no ISO time with its zone, such as 2026-12-24T18:00:00\+08:00\.$/],
    ['2027-01-01T00:00:00', 400, /is no ISO time with its zone/],
    ['2027-13-01', 400, /is no ISO time/],
    ['', 400, /is no ISO time/],
    ['2199-01-01', 400, /^to: a journey is of at most 400 days\.$/],
  ])('refuses %j in a clear sentence', async (to, status, detail) => {
    expect(await ask(to)).toMatchObject({ status, detail: expect.stringMatching(detail) });
    expect(clockAhead()).toBe(0);
  });

  it('is refused where Stripe keeps its own time', async () => {
    const later = new Date(Date.now() + minute).toISOString();
    expect(await ask(later, { journey: undefined })).toMatchObject({ status: 409 });
  });
});
