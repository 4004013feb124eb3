import { isForeignForm } from '../same-site.ts';
import type { LocalAlarm } from './alarms.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';
import type { Schedules, Travelled } from './schedules.ts';
import { type Timeline, travel } from './travel.ts';

/** Answers requests below `/__local/<area>`; undefined for an address that it does not have. */
export type LocalPage = (request: Request) => Response | undefined | Promise<Response | undefined>;

/** What takes part in a journey in time, beside the functions and schedules. */
export interface Journey extends Pick<Travelled, 'hours'> {
  /** Of what lies outside AWS. */
  readonly timelines: () => readonly Timeline[];
  /** Is called at the journey's end. */
  readonly arrived: () => Promise<void>;
}

/** What only the laptop has, answered under `/__local/` before any route of the template. */
export interface LocalParts {
  readonly schedules: Schedules;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly alarms: readonly LocalAlarm[];
  /** Everything reported since the start. */
  readonly problems: readonly string[];
  /** Pages that the starting program adds, by their area. */
  readonly pages: ReadonlyMap<string, LocalPage>;
  readonly journey: Journey | undefined;
  /** Waits until nothing runs. */
  readonly rest: () => Promise<void>;
}

/**
 * - `POST /__local/fire/{schedule}?at={ISO time}` fires a schedule and waits for its function
 * - `POST /__local/travel?to={ISO time}` moves the time on; a line of JSON says now and then how far it is
 * - `GET /__local/logs?function={name}` what the functions wrote
 * - `GET /__local/problems` what was reported to the terminal
 * - `GET /__local/queues` how many messages wait where
 * - `GET /__local/alarms` the state of each alarm by what was recorded since the start
 * - any method on `/__local/{area}` the page of that area, if there is one
 *
 * @returns undefined for any other path
 */
export async function localRoutes(request: Request, parts: LocalParts): Promise<Response | undefined> {
  const url = new URL(request.url);
  if (!url.pathname.startsWith('/__local/')) return undefined;
  if (isForeignForm(request)) return problem(403, 'This form was sent by another site.');
  const [area = '', name = ''] = url.pathname.slice('/__local/'.length).split('/');
  if (request.method === 'POST' && area === 'fire') {
    return fire(parts, decodeURIComponent(name), url.searchParams.get('at'));
  }
  if (request.method === 'POST' && area === 'travel') return journeyTo(parts, url.searchParams.get('to'));
  if (request.method === 'GET' && area === 'logs') {
    const wanted = url.searchParams.get('function');
    return Response.json(parts.functions.logs.filter((line) => !wanted || line.function.endsWith(wanted)));
  }
  if (request.method === 'GET' && area === 'problems') return Response.json(parts.problems);
  if (request.method === 'GET' && area === 'queues') {
    return Response.json(
      [...parts.queues.values()].map((queue) => ({ name: queue.settings.name, ...queue.counts() })),
    );
  }
  if (request.method === 'GET' && area === 'alarms') {
    const now = new Date();
    return Response.json(
      parts.alarms.map((each) => ({
        alarm: each.logicalId,
        state: each.stateAt(now),
        description: each.description,
      })),
    );
  }
  const answer = await parts.pages.get(area)?.(request);
  return answer ?? problem(404, 'There is no such local address.');
}

async function fire(parts: LocalParts, name: string, given: string | null): Promise<Response> {
  const at = given === null ? new Date() : new Date(given);
  if (Number.isNaN(at.getTime())) return problem(400, `at: ${given} is no ISO time.`);
  const result = await parts.schedules.fire(name, at);
  if (!result)
    return problem(404, `There is no schedule ${name}; there are: ${parts.schedules.names.join(', ')}.`);
  if (!result.ok) return problem(502, `${name} failed: ${result.errorType}: ${result.errorMessage}`);
  return Response.json({ fired: name, at: at.toISOString(), answer: result.value });
}

const isoTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;
const longestJourney = 400 * 86_400_000;
let underWay = false;

function journeyTo(parts: LocalParts, given: string | null): Response {
  const to = isoTime.test(given ?? '') ? Date.parse(given ?? '') : Number.NaN;
  if (Number.isNaN(to)) {
    return problem(400, `to: ${given} is no ISO time with its zone, such as 2026-12-24T18:00:00+08:00.`);
  }
  if (!parts.journey)
    return problem(409, 'Another Stripe than the local one keeps its own time: nobody can travel.');
  if (underWay) return problem(409, 'A journey is under way: wait for its end.');
  if (to <= Date.now()) {
    return problem(
      409,
      `It is ${new Date().toISOString()} here, and time never goes back: choose a later moment.`,
    );
  }
  if (to - Date.now() > longestJourney) return problem(400, 'to: a journey is of at most 400 days.');
  underWay = true;
  return new Response(ReadableStream.from(linesOf(parts, parts.journey, to)), {
    headers: { 'content-type': 'application/x-ndjson' },
  });
}

/** How far the journey is, every second; at its end what has become of it. */
async function* linesOf(parts: LocalParts, journey: Journey, to: number): AsyncGenerator<Uint8Array> {
  const line = (value: object) => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  const schedules = parts.schedules.pause({ to, hours: journey.hours });
  const before = parts.problems.length;
  let [said, last] = [performance.now(), {}];
  try {
    const timelines = [...schedules.timelines, ...journey.timelines()];
    for await (const progress of travel({ to, timelines, rest: parts.rest })) {
      last = progress;
      if (performance.now() - said < 1000) continue;
      said = performance.now();
      yield line(progress);
    }
    await journey.arrived();
    yield line({ arrived: true, ...last, problems: parts.problems.slice(before) });
  } finally {
    schedules.resume();
    underWay = false;
  }
}

function problem(status: number, detail: string): Response {
  return new Response(JSON.stringify({ status, detail }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
