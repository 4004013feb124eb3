import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from './errors.ts';

/** A request as it came over the wire, its path still encoded. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** Who signed, and what the signature says of the body. */
export interface Signer {
  readonly accessKey: string;
  /** The body's SHA-256 in hexadecimal digits, `UNSIGNED-PAYLOAD`, or a form of streaming. */
  readonly payload: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
const longestLink = 604_800;
const largestSkew = 15 * 60_000;
const denied = (message: string, more = {}) => new S3Error('AccessDenied', message, 403, more);

interface Claim {
  readonly accessKey: string;
  /** `<day>/<region>/s3/aws4_request`. */
  readonly scope: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly date: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly payload: string;
}

/**
 * Checks the signature of a request or of a link (AWS Signature Version 4, "Authenticating requests"), with code of our own, so
 * that the SDK's signer is judged by another.
 *
 * @param secretOf the secret of an access key
 * @throws S3Error as S3 answers what is unsigned, expired, out of time, or signed with another key
 */
export function requireSigner(
  request: SignedRequest,
  secretOf: (accessKey: string) => string | undefined,
  now: Date,
): Signer {
  const parameters = queryOf(request.target);
  const isLink = parameters.some(([name]) => name === 'X-Amz-Signature');
  const claim = isLink ? claimOfLink(parameters) : claimOfHeaders(request.headers);
  if (isLink) requireValid(claim, parameters, now);
  else if (Math.abs(timeOf(claim.date) - now.getTime()) > largestSkew) {
    throw new S3Error(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      403,
    );
  }
  const secret = secretOf(claim.accessKey);
  if (secret === undefined) {
    throw new S3Error(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      403,
    );
  }
  const expected = Buffer.from(signatureOf(request, parameters, claim, secret));
  const given = Buffer.from(claim.signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      403,
    );
  }
  return { accessKey: claim.accessKey, payload: claim.payload };
}

function claimOfLink(parameters: readonly Parameter[]): Claim {
  const value = (name: string) => parameters.find(([each]) => each === name)?.[1] ?? '';
  const [accessKey = '', ...scope] = value('X-Amz-Credential').split('/');
  return {
    accessKey,
    scope: scope.join('/'),
    date: value('X-Amz-Date'),
    signedHeaders: value('X-Amz-SignedHeaders').split(';'),
    signature: value('X-Amz-Signature'),
    payload: 'UNSIGNED-PAYLOAD',
  };
}

function claimOfHeaders(headers: IncomingHttpHeaders): Claim {
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/;
  const [, accessKey, scope, signedHeaders, signature] = pattern.exec(headers.authorization ?? '') ?? [];
  const [date, payload] = [headers['x-amz-date'], headers['x-amz-content-sha256']];
  if (!accessKey || !scope || !signedHeaders || !signature || !date || !payload)
    throw denied('Access Denied');
  return {
    accessKey,
    scope,
    date: String(date),
    signedHeaders: signedHeaders.split(';'),
    signature,
    payload: String(payload),
  };
}

/** A link holds from its date for as many seconds as it says. */
function requireValid({ date }: Claim, parameters: readonly Parameter[], now: Date): void {
  const seconds = Number(parameters.find(([name]) => name === 'X-Amz-Expires')?.[1]);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > longestLink) {
    const message = `X-Amz-Expires must be between 1 and ${longestLink} seconds`;
    throw new S3Error('AuthorizationQueryParametersError', message, 400);
  }
  const end = new Date(timeOf(date) + seconds * 1000);
  if (now > end) {
    throw denied('Request has expired', {
      'X-Amz-Expires': String(seconds),
      Expires: end.toISOString(),
      ServerTime: now.toISOString(),
    });
  }
}

function timeOf(date: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (!match) throw denied('AWS authentication requires a valid Date or x-amz-date header');
  const [, year, month, day, hour, minute, second] = match.map(Number) as number[];
  return Date.UTC(year as number, (month as number) - 1, day, hour, minute, second);
}

function signatureOf(
  request: SignedRequest,
  parameters: readonly Parameter[],
  claim: Claim,
  secret: string,
): string {
  const headers = claim.signedHeaders.map((name) => {
    const value = request.headers[name];
    return `${name}:${String(value ?? '')
      .trim()
      .replaceAll(/ +/g, ' ')}\n`;
  });
  const path = request.target.split('?')[0] ?? '';
  const canonical = [
    request.method,
    path
      .split('/')
      .map((part) => encoded(decodeURIComponent(part)))
      .join('/'),
    canonicalQuery(parameters),
    headers.join(''),
    claim.signedHeaders.join(';'),
    claim.payload,
  ].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const signed = [algorithm, claim.date, claim.scope, digest].join('\n');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = claim.scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, signed).toString('hex');
}

type Parameter = readonly [name: string, value: string];

/** The parameters of a target's query, decoded, in their order. */
export function queryOf(target: string): Parameter[] {
  const query = target.split('?')[1] ?? '';
  return query
    .split('&')
    .filter(Boolean)
    .map((part) => {
      const [name = '', value = ''] = part.split('=').map((text) => decodeURIComponent(text));
      return [name, value];
    });
}

function canonicalQuery(parameters: readonly Parameter[]): string {
  return parameters
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
}

/** As the signature asks: everything but letters, digits and `-_.~` (RFC 3986, unreserved). */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
