import { isForeignForm } from '../same-site.ts';
import type { FetchHandler } from '../serve.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';
import type { Schedules } from './schedules.ts';

/** What only the laptop has, answered under `/__local/` before any route of the template. */
export interface LocalParts {
  readonly schedules: Schedules;
  readonly functions: Functions;
  readonly queues: Queues;
  /** Everything reported since the start. */
  readonly problems: readonly string[];
  /** The desk for givers' words: everything below `/__local/words`. */
  readonly words: FetchHandler;
}

/**
 * - `POST /__local/fire/{schedule}?at={ISO time}` fires a schedule and waits for its function
 * - `GET /__local/logs?function={name}` what the functions wrote
 * - `GET /__local/problems` what was reported to the terminal
 * - `GET /__local/queues` how many messages wait where
 * - `GET /__local/words` givers' words that wait for a decision
 * - `GET /__local/mails` every mail in every language, to look at
 *
 * @returns undefined for any other path
 */
export async function localRoutes(request: Request, parts: LocalParts): Promise<Response | undefined> {
  const url = new URL(request.url);
  if (!url.pathname.startsWith('/__local/')) return undefined;
  if (isForeignForm(request)) return problem(403, 'This form was sent by another site.');
  const [area, name = ''] = url.pathname.slice('/__local/'.length).split('/');
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
  if (area === 'words') return parts.words(request);
  if (request.method === 'GET' && area === 'mails') {
    // Loaded when it is asked for: React takes its time, and most runs never look.
    const { mailGallery } = await import('../mail-gallery.tsx');
    return (await mailGallery(url.pathname)) ?? problem(404, 'There is no such mail.');
  }
  return problem(404, 'There is no such local address.');
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
