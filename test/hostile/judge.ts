import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { problems } from '#platform/errors.ts';
import type { HttpAnswer } from '../bench/http-event.ts';
import { findPrivate } from '../support/private-strings.ts';
import { secretKey } from '../support/site.ts';
import { doorOf, type HostileRequest } from './hostile-request.ts';
import { known, privateStrings } from './product.ts';

const secrets = [secretKey, known.stripeSecret, known.resendSecret, known.hashKey];
const insides =
  /\n\s+at .+:\d+:\d+|node_modules|file:\/\/|\.tsx?:\d+|ValidationException|ConditionalCheck|TypeError|RangeError/;
const knownTypes =
  /^(?:text\/(?:html|plain|css|csv|xml)|application\/(?:json|problem\+json|xml|manifest\+json)|image\/[\w.+-]+)(?:$|;)/;

/** What is wrong with an answer; empty when nothing is. */
export function faultsOf(request: HostileRequest, answer: HttpAnswer): string[] {
  const { statusCode: status, headers } = answer;
  const text = textOf(answer);
  const type = headers['content-type'] ?? '';
  const all = `${JSON.stringify(headers)}\n${text}`;
  return [
    !(status >= 200 && status < 500) && `status ${status}`,
    text !== '' && !knownTypes.test(type) && `content type ${JSON.stringify(type)}`,
    status >= 400 && wantsProblem(request, status) && problemFault(status, type, text),
    type.startsWith('application/json') && request.method !== 'HEAD' && !isJson(text) && 'no JSON',
    insides.test(all) && `tells of its inside: ${insides.exec(all)?.[0].trim()}`,
    all.includes(process.cwd()) && 'tells a path',
    secrets.some((secret) => all.includes(secret)) && 'tells a secret',
    !mayRead(request, status) &&
      findPrivate(all, Object.values(privateStrings)).length > 0 &&
      'tells what is private',
  ].filter((fault) => fault !== false);
}

/** What a browser asks for and is not there is answered as a page (contract.md, "Pages"). */
function wantsProblem({ path, method, headers }: HostileRequest, status: number): boolean {
  // As the app sees it: dots are gone, and with them perhaps the API.
  const seen = new URL(`https://give.example.org${path}`).pathname;
  if (!path.startsWith('/api/') || !seen.startsWith('/api/') || method === 'HEAD') return false;
  return !((status === 404 || status === 405) && headers.accept?.includes('text/html'));
}

/** The staff may read of people what their roles allow, and who holds a checkout's id is its donor. */
function mayRead(request: HostileRequest, status: number): boolean {
  return (doorOf(request) === 'staff' && status < 300) || /thanks/i.test(request.path);
}

function problemFault(status: number, type: string, text: string): string | false {
  if (!type.startsWith('application/problem+json')) return `${status} as ${type || 'nothing'}`;
  if (!isJson(text)) return 'a problem that is no JSON';
  const { code, status: said } = JSON.parse(text) as { code?: string; status?: number };
  if (said !== status) return `a problem that says ${said}`;
  return code !== undefined && Object.hasOwn(problems, code) ? false : `a problem of no known code`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function textOf({ body, isBase64Encoded, headers }: HttpAnswer): string {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length === 0) return '';
  switch (headers['content-encoding']) {
    case 'gzip':
      return gunzipSync(bytes).toString();
    case 'deflate':
      return inflateSync(bytes).toString();
    case 'br':
      return brotliDecompressSync(bytes).toString();
    default:
      return bytes.toString();
  }
}
