import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { deskPages } from '#apps/staff/desk-pages.ts';
import type { Role } from '#kernel/staff/actor.ts';
import type { DeskContext, DeskEnv } from '#kernel/staff/desk-context.ts';
import { takeForm } from '#kernel/staff/take-form.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { problemOf } from '#platform/http/requests.ts';
import { KeyedHash } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import { secretKey } from './site.ts';
import { underRole } from './template-roles.ts';

export const hashKey = 'a hash key of at least thirty-two characters';
const csrf = 'token-of-this-session';

/** The desk's pages on a table, which they reach under the staff's role, for a person with these roles who is signed in. */
export function deskOn(
  table: Table,
  role: Role | readonly Role[],
  now: Date,
  stripeUrl = 'http://127.0.0.1:9',
  id = 'sub-1',
  changes: Partial<DeskContext> = {},
) {
  const app = new Hono<DeskEnv>();
  const roles = typeof role === 'string' ? [role] : role;
  app.use(compress());
  app.use((c, next) => {
    c.set('session', { actor: { id, roles }, name: 'Wing Chan', csrf });
    return next();
  });
  app.use(takeForm);
  app.onError((error, c) => problemOf(error, c).toResponse());
  const ctx = {
    ...{ table: underRole('Staff', table), clock: () => now, random: () => 0, demonstration: true },
    stripe: async () => openStripe(secretKey, stripeUrl),
    hash: async () => new KeyedHash(hashKey),
    ...changes,
  };
  for (const page of deskPages) app[page.method](page.path, (c) => page.respond(c, ctx));
  const get = async (path: string) => {
    const answer = await app.request(path);
    return { status: answer.status, html: await answer.text() };
  };
  /** Sends a form as the browser does: with the session's token, and whatever else is filled in. */
  const send = async (path: string, fields: Readonly<Record<string, string>> = {}) => {
    const body = new URLSearchParams({ csrf, key: 'form-1', ...fields });
    const answer = await app.request(path, { method: 'POST', body });
    return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
  };
  /** Sends a form with a file. */
  const sendFile = async (
    path: string,
    fields: Readonly<Record<string, string>>,
    files: Readonly<Record<string, File>> = {},
  ) => {
    const body = new FormData();
    const all = { csrf, key: 'form-1', ...fields, ...files };
    for (const [name, value] of Object.entries(all)) body.append(name, value);
    const answer = await app.request(path, { method: 'POST', body });
    return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
  };
  return { app, get, send, sendFile };
}
