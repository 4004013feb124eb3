import type { Context } from 'hono';
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from 'hono/cookie';
import { sessionLimits } from '#kernel/staff/session.ts';
import { attemptTime, readAttempt, type SignInAttempt, writeAttempt } from '#kernel/staff/sign-in.ts';
import type { Language } from '#platform/charity.ts';
import { KeyedHash } from '#platform/ids.ts';

// `__Host-` and `Secure` also on the laptop: browsers take 127.0.0.1 and localhost for a safe place.
// Lax: Strict would not come along on the way back from the issuer.
const options = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

const names = { session: 'staff', attempt: 'staff-sign-in', language: 'staff-language' } as const;

/** A key for each cookie that we sign: what is signed for one does not hold in another. */
async function keyOf(cookie: 'session' | 'attempt', { sessionKey }: Keyed): Promise<string> {
  return new KeyedHash(await sessionKey()).of('cookie', cookie);
}

interface Keyed {
  readonly sessionKey: () => Promise<string>;
}

/** The secret of the session in a request's cookie; undefined without one that we signed. */
export async function sessionSecretOf(c: Context, ctx: Keyed): Promise<string | undefined> {
  if (getCookie(c, names.session, 'host') === undefined) return undefined;
  return (await getSignedCookie(c, await keyOf('session', ctx), names.session, 'host')) || undefined;
}

export async function setSessionCookie(c: Context, secret: string, ctx: Keyed): Promise<void> {
  const maxAge = sessionLimits.whole / 1000;
  await setSignedCookie(c, names.session, secret, await keyOf('session', ctx), { ...options, maxAge });
}

export function dropSessionCookie(c: Context): void {
  deleteCookie(c, names.session, options);
}

export async function setAttemptCookie(c: Context, attempt: SignInAttempt, ctx: Keyed): Promise<void> {
  const maxAge = attemptTime / 1000;
  const text = writeAttempt(attempt);
  await setSignedCookie(c, names.attempt, text, await keyOf('attempt', ctx), { ...options, maxAge });
}

/** Takes the attempt out of a request's cookie, so that it is good once; undefined without one that we signed, or after ten minutes. */
export async function takeAttempt(c: Context, ctx: Keyed, now: Date): Promise<SignInAttempt | undefined> {
  const text = await getSignedCookie(c, await keyOf('attempt', ctx), names.attempt, 'host');
  deleteCookie(c, names.attempt, options);
  return text ? readAttempt(text, now) : undefined;
}

const aYear = 365 * 86_400;

export function setLanguageCookie(c: Context, language: Language): void {
  setCookie(c, names.language, language, { ...options, maxAge: aYear });
}

/** The language that a person chose at the desk; else the first of ours that the browser asks for. */
export function languageOfRequest(c: Context): Language {
  const chosen = getCookie(c, names.language, 'host');
  if (chosen === 'en' || chosen === 'zh-HK') return chosen;
  const asked = /\b(en|zh)\b/i.exec(c.req.header('accept-language') ?? '')?.[1];
  return asked?.toLowerCase() === 'zh' ? 'zh-HK' : 'en';
}
