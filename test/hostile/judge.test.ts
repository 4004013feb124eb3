import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../bench/http-event.ts';
import type { HostileRequest } from './hostile-request.ts';
import { faultsOf } from './judge.ts';
import { known, privateStrings } from './product.ts';

const request: HostileRequest = {
  route: 'GET /api/campaigns',
  method: 'GET',
  path: '/api/campaigns',
  query: '',
  headers: {},
  address: '192.0.2.1',
};
const answer = (body: string, statusCode = 200, type = 'application/json'): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': type },
  body,
  isBase64Encoded: false,
});
const problem = JSON.stringify({ status: 404, code: 'not-found' });

describe('the judge of hostile requests', () => {
  it.each([
    ['an answer of 500', answer('{}', 500), 'status 500'],
    ['an answer of 503', answer('{}', 503), 'status 503'],
    ['a problem as a page', answer('<p>', 404, 'text/html'), '404 as text/html'],
    [
      'a problem of another status',
      answer(problem, 400, 'application/problem+json'),
      'a problem that says 404',
    ],
    ['JSON that is none', answer('{'), 'no JSON'],
    ['no type', answer('x', 200, ''), 'content type ""'],
    ['a stack', answer('"Error\n    at f (/x/y.js:1:2)"'), 'no JSON'],
    ['a file of ours', answer('{"at":"app.tsx:12"}'), 'tells of its inside: .tsx:12'],
    [
      'an error of the table',
      answer('{"a":"ValidationException"}'),
      'tells of its inside: ValidationException',
    ],
    ['a secret', answer(JSON.stringify({ a: known.hashKey })), 'tells a secret'],
    ['a name that is hidden', answer(JSON.stringify({ a: privateStrings.name })), 'tells what is private'],
    [
      'an address in base64',
      answer(JSON.stringify({ a: Buffer.from(privateStrings.email).toString('base64') })),
      'tells what is private',
    ],
  ])('finds %s', (_what, given, fault) => {
    expect(faultsOf(request, given)).toContain(fault);
  });

  it('finds nothing in what is right', () => {
    expect(faultsOf(request, answer('{"data":[]}'))).toEqual([]);
    expect(faultsOf(request, answer(problem, 404, 'application/problem+json'))).toEqual([]);
  });
});
