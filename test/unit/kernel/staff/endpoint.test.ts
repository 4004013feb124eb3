import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { text } from '#kernel/staff/answer.ts';
import { type Endpoint, endpoint, serveEndpoints } from '#kernel/staff/endpoint.ts';
import { overwriting, type Seen } from '#kernel/staff/revision-input.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { StaffContext, StaffEnv } from '#kernel/staff/staff-context.ts';
import { Problem } from '#platform/errors.ts';
import { reply, routeOf } from '#platform/http/endpoint.ts';
import { inPath, inQuery, json } from '#platform/http/input.ts';
import { problemOf } from '#platform/http/requests.ts';
import { standIn } from '../../../support/stand-in.ts';

const now = new Date('2026-11-22T04:00:00Z');
const about = { description: 'Which one.', example: 'a' };
const described = {
  id: 'x',
  summary: 'X',
  description: 'X.',
  answer: () => z.object({ said: text }),
} as const;

/** Operations alone, called by a person with this role. */
function serving(endpoints: readonly Endpoint[], role: 'finance' | 'door' = 'finance') {
  const app = new Hono<StaffEnv>();
  const actor = { id: 'sub-1', roles: [role] };
  app.use(async (c, next) => {
    c.set('actor', actor);
    await next();
  });
  serveEndpoints(app, endpoints, {
    clock: () => now,
    random: () => 0,
    table: standIn<StaffContext['table']>({}),
  });
  app.onError((error, c) => problemOf(error, c).toResponse());
  return async (path: string, init: RequestInit = {}) => {
    const answer = await app.request(path, init);
    return { status: answer.status, etag: answer.headers.get('etag'), body: (await answer.json()) as object };
  };
}

describe('an operation', () => {
  it('asks for its right before it reads anything', async () => {
    const read: string[] = [];
    const noting = inQuery(about, (asked) => {
      read.push(asked ?? '');
    });
    const closed = endpoint({
      ...described,
      method: 'get',
      path: '/api/staff/x',
      right: 'audit.read',
      input: { noting },
      run: async () => ({ said: 'yes' }),
    });
    expect(await serving([closed], 'door')('/api/staff/x?noting=a')).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect(read).toEqual([]);
    expect(await serving([closed])('/api/staff/x?noting=a')).toMatchObject({
      status: 200,
      body: { said: 'yes' },
    });
    expect(read).toEqual(['a']);
  });

  it('gives what it runs the values, the time, the permit of its right and the key of a POST', async () => {
    const post = endpoint({
      ...described,
      method: 'post',
      path: '/api/staff/x/{id}',
      right: 'month.close',
      input: { id: inPath(about), body: json({ X: z.strictObject({ note: text }) }, { note: 'a' }) },
      run: async ({ id, body: { note } }, context) => {
        expect(context.now).toBe(now);
        return { said: [id, note, context.permit.operation, context.idempotencyKey].join(' ') };
      },
    });
    const call = serving([post]);
    const headers = { 'idempotency-key': 'k', 'content-type': 'application/json' };
    const send = (body: string, more: object = headers) =>
      call('/api/staff/x/one', { method: 'POST', body, headers: { ...more } });
    expect((await send('{"note":"two"}')).body).toEqual({ said: 'one two month.close k' });
    expect((await send('{"note":2}')).body).toMatchObject({
      code: 'invalid',
      errors: [{ pointer: '/note' }],
    });
    expect((await send('{}', { 'content-type': 'application/json' })).body).toMatchObject({
      code: 'idempotency-key-missing',
    });
  });

  it('reads its inputs in the order in which they stand', async () => {
    const missing = (part: string): string => {
      throw new Problem('not-found', part);
    };
    const put = (input: 'path first' | 'header first') =>
      endpoint({
        ...described,
        method: 'put',
        path: '/api/staff/x/{id}',
        right: 'audit.read',
        input:
          input === 'path first'
            ? { id: inPath(about, missing), seen: overwriting('thing') }
            : { seen: overwriting('thing'), id: inPath(about, missing) },
        run: async () => ({ said: '' }),
      });
    const answers = [put('path first'), put('header first')].map((each) =>
      serving([each])('/api/staff/x/a', { method: 'PUT' }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 428]);
  });

  it.each<[Record<string, string>, Seen | number]>([
    [{ 'if-match': '"7"' }, 7],
    [{ 'if-match': '*' }, 'any'],
    [{ 'if-none-match': '*' }, 'nothing'],
  ])(
    'that overwrites tells what the writer saw, by %j, and answers the new revision',
    async (headers, seen) => {
      const put = endpoint({
        ...described,
        method: 'put',
        path: '/api/staff/x',
        right: 'audit.read',
        input: { seen: overwriting('thing') },
        run: async (input) => reply({ said: String(input.seen) }, { status: 201, revision: 8 }),
      });
      expect(await serving([put])('/api/staff/x', { method: 'PUT', headers })).toEqual({
        status: 201,
        etag: '"8"',
        body: { said: String(seen) },
      });
      const odd = await serving([put])('/api/staff/x', { method: 'PUT', headers: { 'if-match': 'W/"7"' } });
      expect(odd).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    },
  );

  it('stands at the route that API Gateway knows', () => {
    expect(routeOf({ method: 'put', path: '/api/staff/x/{id}' })).toBe('PUT /api/staff/x/{id}');
  });

  it('is not compiled without its path’s parameters, with another permit, or with another answer', () => {
    const x = { ...described, method: 'get', path: '/api/staff/x/{id}', right: 'audit.read' } as const;
    const input = { id: inPath(about) };
    const closing = async (_: Permit<'month.close'>) => ({ said: '' });
    const made = [
      // @ts-expect-error the path has an id
      endpoint({ ...x, input: {}, run: async () => ({ said: '' }) }),
      // @ts-expect-error the permit is one to read the audit log
      endpoint({ ...x, input, run: async (_, { permit }) => closing(permit) }),
      // @ts-expect-error the answer has a text
      endpoint({ ...x, input, run: async () => ({ said: 1 }) }),
      // @ts-expect-error there is no permit where no right is asked for
      endpoint({ ...x, right: null, input, run: async (_, { permit }) => ({ said: permit.operation }) }),
      // @ts-expect-error a right is named, or null
      endpoint({ ...described, method: 'get', path: '/x', input: {}, run: async () => ({ said: '' }) }),
    ];
    expect(made).toHaveLength(5);
  });
});
