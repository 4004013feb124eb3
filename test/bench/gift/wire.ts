import type { Plugin } from 'esbuild';
import { ask, type Recorded, toResponse, type WireRequest } from '../replay.ts';

/** An answer, and what it was to. */
interface Answer extends Recorded {
  readonly operation: string;
  readonly sent: string;
}

/** What went over the wire while something ran, in its order. */
export type Recording = readonly Answer[];

/** What every client of AWS in the bundles sends its requests through. */
export interface Wire {
  /** Runs something against the real answers, and keeps them. */
  record(run: () => Promise<unknown>): Promise<Recording>;
  /** Runs the same again with the kept answers, from memory. */
  replay(recording: Recording, run: () => Promise<unknown>): Promise<void>;
  close(): void;
}

const handlerName = 'tideoverBenchWire';

/** Puts the wire in the place of the limits of requests, which every client takes as its way to send them. */
export const overTheWire: Plugin = {
  name: 'over-the-wire',
  setup: (build) => {
    build.onLoad({ filter: /platform\/call-limits\.ts$/ }, () => ({
      contents: `export const callLimits = globalThis.${handlerName};`,
    }));
  },
};

/** How many requests of a recording went to the table. */
export function tableCalls(recording: Recording): number {
  return recording.filter(({ operation }) => operation.startsWith('DynamoDB')).length;
}

/**
 * Opens the wire and answers for Resend, which the package calls with `fetch`.
 *
 * @param options.dynamodb the engine that gives the real answers of the table
 * @param options.services gives those of all else
 */
export function openWire({
  dynamodb,
  services,
}: {
  readonly dynamodb: string;
  readonly services: string;
}): Wire {
  const realFetch = globalThis.fetch;
  let kept: Answer[] = [];
  let next: number | undefined;
  const handle = async (request: WireRequest) => {
    const answer = next === undefined ? await first(request) : kept[next++];
    if (!answer) throw new Error('More was sent than was recorded.');
    if (next === undefined) kept.push(answer);
    return toResponse(answer);
  };
  const first = async (request: WireRequest): Promise<Answer> => {
    const operation = request.headers['x-amz-target'] ?? '';
    const sent = Buffer.from(request.body ?? []).toString();
    return {
      operation,
      sent,
      ...(await ask(operation.startsWith('DynamoDB') ? dynamodb : services, request)),
    };
  };
  const taken = { id: '49a3999c-0ce1-4ea6-ab68-afcd6dc2e794' };
  const rates = { 'ratelimit-remaining': '1000', 'ratelimit-reset': '1' };
  Reflect.set(globalThis, handlerName, { handle });
  globalThis.fetch = (input, init) =>
    String(input).endsWith('/emails')
      ? Promise.resolve(Response.json(taken, { headers: rates }))
      : realFetch(input, init);
  return {
    record: async (run) => {
      kept = [];
      next = undefined;
      await run();
      return kept;
    },
    replay: async (recording, run) => {
      kept = [...recording];
      next = 0;
      await run();
      if (next !== kept.length) throw new Error(`${next} requests were sent, ${kept.length} were recorded.`);
    },
    close: () => {
      globalThis.fetch = realFetch;
      Reflect.deleteProperty(globalThis, handlerName);
    },
  };
}
