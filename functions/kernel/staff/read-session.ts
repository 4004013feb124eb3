import { sessionId } from '#platform/ids.ts';
import { log } from '#platform/log.ts';
import { unseal } from '#platform/sealed-text.ts';
import { jitter } from '#platform/table/jitter.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { endSession } from './end-session.ts';
import type { Issuer } from './issuer-gateway.ts';
import { sealTokens } from './open-session.ts';
import { hasSessionEnded, isNewlySeen, isRenewalDue, type Session } from './session.ts';
import {
  fromSessionItem,
  type StoredSession,
  toRenewalClaim,
  toRenewedChange,
  toSeenChange,
} from './session-item.ts';
import { IssuerUnavailable, SignInRefused, type Tokens } from './sign-in.ts';

interface SessionContext {
  readonly table: Table;
  readonly now: Date;
  readonly issuer: Pick<Issuer, 'renew'>;
}

/** How often a request looks whether another one has renewed the session: some three seconds. */
const mostLooks = 20;

/**
 * Reads the session of a secret, by one consistent read. Once an hour the issuer is asked again who the person is, so that a role
 * that was taken away there ends.
 *
 * @returns undefined when there is none, it has ended, or the issuer does not renew it: then nothing is left of it
 * @throws IssuerUnavailable when the roles are an hour old and the issuer cannot be asked; the session stays
 */
export async function readSession(secret: string, ctx: SessionContext): Promise<Session | undefined> {
  const stored = await findSession(secret, ctx);
  if (!stored) return undefined;
  const { session } = stored;
  if (hasSessionEnded(session, ctx.now)) {
    await endSession(secret, ctx);
    return undefined;
  }
  if (isRenewalDue(session, ctx.now)) return renewInTurn(stored, secret, ctx);
  if (!isNewlySeen(session, ctx.now)) return session;
  const stands = await writeOne(ctx.table, toSeenChange(session, ctx.now));
  return stands ? { ...session, seenAt: ctx.now } : undefined;
}

/**
 * The tokens of a session, for the issuer's end of it.
 * @returns undefined when there is no such session
 */
export async function readTokens(
  secret: string,
  ctx: Pick<SessionContext, 'table'>,
): Promise<Tokens | undefined> {
  const stored = await findSession(secret, ctx);
  return stored && openTokens(stored, secret);
}

async function findSession(
  secret: string,
  { table }: Pick<SessionContext, 'table'>,
): Promise<StoredSession | undefined> {
  const key = keys.session(sessionId(secret));
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  // Who has a corrupt one signs in anew.
  return readIntact(item ? [item] : [], fromSessionItem)[0];
}

function openTokens({ session, sealedTokens }: StoredSession, secret: string): Tokens {
  const text = unseal(sealedTokens, secret, 'tokens');
  if (text === undefined) throw new Error(`The tokens of the session ${session.id} cannot be read.`);
  return JSON.parse(text) as Tokens;
}

/** Of several requests at once, one renews the session and the others wait for it. */
async function renewInTurn(
  stored: StoredSession,
  secret: string,
  ctx: SessionContext,
): Promise<Session | undefined> {
  if (await writeOne(ctx.table, toRenewalClaim(stored.session, ctx.now))) return renew(stored, secret, ctx);
  for (let look = 1; look <= mostLooks; look += 1) {
    await jitter(look);
    const found = await findSession(secret, ctx);
    if (!found || !isRenewalDue(found.session, ctx.now)) return found?.session;
  }
  throw new IssuerUnavailable('Another request did not renew the session in time.');
}

async function renew(
  stored: StoredSession,
  secret: string,
  ctx: SessionContext,
): Promise<Session | undefined> {
  const { session } = stored;
  const before = openTokens(stored, secret);
  try {
    const { actor, name, tokens } = await ctx.issuer.renew(before);
    if (actor.id !== session.actor.id) throw new SignInRefused('The issuer renewed another person.');
    const renewed = { ...session, actor, name, seenAt: ctx.now, renewedAt: ctx.now };
    const change = toRenewedChange({ session: renewed, sealedTokens: sealTokens(tokens, secret) });
    return (await writeOne(ctx.table, change)) ? renewed : undefined;
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    log('warn', 'session-not-renewed', { fault: error.message });
    await endSession(secret, ctx);
    return undefined;
  }
}
