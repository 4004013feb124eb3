import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import { Problem } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import { type Actor, roles } from './actor.ts';

const longestId = 128;

/**
 * Reads who acts from the claims that the HTTP API's authorizer checked and handed on.
 *
 * @param claims `requestContext.authorizer.jwt.claims`; undefined when no authorizer stands before the route
 * @param rolesClaim the claim that holds the roles, for example `cognito:groups`
 * @throws Problem `unauthorized` when there are no claims or no subject
 */
export function actorFromClaims(claims: unknown, rolesClaim: string): Actor {
  const known = typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {};
  const { sub } = known;
  if (typeof sub !== 'string' || sub === '') {
    log('warn', 'sign-in-refused', { fault: claims === undefined ? 'no-token' : 'no-subject' });
    throw new Problem('unauthorized', 'Sign in, and send the access token as a bearer token.');
  }
  const names = Object.hasOwn(known, rolesClaim) ? namesIn(known[rolesClaim]) : [];
  return { id: subjectId(sub), roles: roles.filter((role) => names.includes(role)) };
}

/**
 * Reads who sent a request from the claims that API Gateway hands on; headers that a caller can write do not count.
 * @throws Problem `unauthorized`
 */
export function actorOfRequest(c: Context<{ Bindings: { event: LambdaEvent } }>, rolesClaim: string): Actor {
  const context: object | undefined = c.env.event.requestContext;
  const authorizer = context && 'authorizer' in context ? context.authorizer : undefined;
  const { jwt } = (authorizer ?? {}) as { readonly jwt?: { readonly claims?: unknown } };
  return actorFromClaims(jwt?.claims, rolesClaim);
}

/** Some providers use the mail address as the subject; the books hold a digest of such a one. */
function subjectId(sub: string): string {
  if (!sub.includes('@') && sub.length <= longestId) return sub;
  return `sub_${createHash('sha256').update(sub).digest('hex').slice(0, 32)}`;
}

/**
 * The names in a claim: a list, or the text that API Gateway makes of one, `[admin finance]`. Only spaces part the names of a
 * text: Cognito allows commas within a group's name, and no spaces.
 */
function namesIn(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((name) => typeof name === 'string');
  if (typeof claim !== 'string') return [];
  const list = /^\[(.*)\]$/s.exec(claim)?.[1] ?? claim;
  return list.split(' ').filter((name) => name !== '');
}
