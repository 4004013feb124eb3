import type { Context } from 'hono';
import { Problem, UnusableKey } from '#platform/errors.ts';
import { errorFields, log } from '#platform/log.ts';

const largestBody = 65_536;

/**
 * The key of a JSON POST: 1 to 255 printable ASCII characters (the Idempotency-Key header's draft, section 2.1).
 * @throws Problem `idempotency-key-missing`, or `invalid` for one that is none
 */
export function readIdempotencyKey(c: Context): string {
  const key = c.req.header('idempotency-key');
  if (!key) {
    throw new Problem(
      'idempotency-key-missing',
      'Send an Idempotency-Key header, for example a random UUID.',
      {
        errors: [{ pointer: 'Idempotency-Key', detail: 'A text that is new for each request.' }],
      },
    );
  }
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new Problem('invalid', 'The Idempotency-Key has 1 to 255 printable ASCII characters.', {
      errors: [{ pointer: 'Idempotency-Key', detail: 'It has 1 to 255 printable ASCII characters.' }],
    });
  }
  return key;
}

/**
 * The body of a JSON request or a form.
 * @throws Problem `body-too-large` for more than 64 kB
 */
export async function readBody(c: Context): Promise<ArrayBuffer> {
  const body = await c.req.arrayBuffer();
  if (body.byteLength > largestBody) throw new Problem('body-too-large', 'The body has at most 64 kB.');
  return body;
}

/**
 * The body of a JSON request, at most 64 kB.
 * @throws Problem `media-type`, `body-too-large` or `not-json`
 */
export async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new Problem('media-type', 'Send the body as application/json.');
  }
  const body = await readBody(c);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Problem('not-json', 'The body is not JSON in UTF-8.');
  }
}

/** How many items a page of a list holds at most, and by default. */
const largestPage = 100;
const usualPage = 20;

/**
 * Reads the `limit` of a page.
 * @throws Problem `invalid` unless it is a whole number from 1 to 100
 */
export function parseLimit(text: string | undefined): number {
  if (text === undefined) return usualPage;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > largestPage)
    throw wrongParameter('limit', 'The limit is a whole number from 1 to 100.');
  return limit;
}

/** The problem of a query parameter that is not right, which it names. */
export function wrongParameter(name: string, detail: string): Problem {
  return new Problem('invalid', detail, { errors: [{ pointer: `/${name}`, detail }] });
}

/**
 * What an answer may say of an error: a problem goes out as it is. A name or parameter of the request that no key can hold is not
 * found, or invalid. Any other error is logged, and nothing of it goes out.
 */
export function problemOf(error: Error, c: Context): Problem {
  if (error instanceof Problem) return error;
  const askedInVain = error instanceof UnusableKey && problemOfKey(error, c);
  if (askedInVain) return askedInVain;
  log('error', 'request-failed', errorFields(error));
  return new Problem('internal', 'The request could not be worked on.');
}

function problemOfKey(error: UnusableKey, c: Context): Problem | undefined {
  if (Object.values<string>(c.req.param()).some((text) => error.isFaultOf(text))) {
    return new Problem('not-found', 'There is nothing with this id.');
  }
  const [name] = Object.entries(c.req.query()).find(([, text]) => error.isFaultOf(text)) ?? [];
  return name === undefined ? undefined : wrongParameter(name, 'No such thing can exist.');
}
