import { isForeignForm } from '../same-site.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';
import type { Schedules } from './schedules.ts';

/** Answers requests below `/__local/<area>`; undefined for an address that it does not have. */
export type LocalPage = (request: Request) => Response | undefined | Promise<Response | undefined>;

/** What only the laptop has, answered under `/__local/` before any route of the template. */
export interface LocalParts {
  readonly schedules: Schedules;
  readonly functions: Functions;
  readonly queues: Queues;
  /** Everything reported since the start. */
  readonly problems: readonly string[];
  /** Pages that the starting program adds, by their area. */
  readonly pages: ReadonlyMap<string, LocalPage>;
}

/**
 * - `POST /__local/fire/{schedule}?at={ISO time}` fires a schedule and waits for its function
 * - `GET /__local/logs?function={name}` what the functions wrote
 * - `GET /__local/problems` what was reported to the terminal
 * - `GET /__local/queues` how many messages wait where
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

function problem(status: number, detail: string): Response {
  return new Response(JSON.stringify({ status, detail }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
