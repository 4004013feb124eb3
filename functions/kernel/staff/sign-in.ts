import type { Actor } from './actor.ts';

/** What a browser takes along to the issuer, to be compared with what comes back. */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636): who redeems the code shows that it began the sign-in. */
  readonly verifier: string;
  /** The page that was asked for, a path of the desk. */
  readonly to: string;
  readonly until: Date;
}

/** How long a person may take at the issuer. Milliseconds: ten minutes. */
export const attemptTime = 600_000;

/** What an issuer gave for a session. */
export interface Tokens {
  /** Who signed in, for the issuer's end of the session. */
  readonly id: string;
  /** Without one the session cannot be renewed. */
  readonly refresh?: string | undefined;
}

/** A person as the issuer knows them now. */
export interface SignedIn {
  readonly actor: Actor;
  readonly name: string;
  readonly tokens: Tokens;
}

/** Thrown when what comes from the issuer does not hold, or the issuer refuses. Its message is for the log. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}

/** Thrown when the issuer does not answer, or not as one. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** Our addresses to which an issuer sends people back. */
export const doors = { callback: '/staff/signed-in', signedOut: '/staff/signed-out' } as const;

/** The home of the desk. */
export const deskHome = '/staff';

/** Where people see with which browsers they are signed in. */
export const ownSessions = '/staff/sessions';

const longestPath = 1000;

/** The path of the desk that a text is, with its query; its home for anything else, so that nobody is led away. */
export function deskPath(text: string): string {
  const isOurs =
    /^\/staff(?:[/?]|$)/.test(text) && !/[\\\p{Cc}\p{Z}]/u.test(text) && text.length <= longestPath;
  return isOurs ? text : deskHome;
}

/** An attempt as the cookie holds it. */
export function writeAttempt({ until, ...attempt }: SignInAttempt): string {
  return JSON.stringify({ ...attempt, until: until.toISOString() });
}

/** The attempt in a cookie that we signed; undefined when its time is over. */
export function readAttempt(text: string, now: Date): SignInAttempt | undefined {
  const { until, ...attempt } = JSON.parse(text) as Record<keyof SignInAttempt, string>;
  const end = new Date(until);
  return end > now ? { ...attempt, until: end } : undefined;
}
