import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { DeskEnv, SignInContext } from '#kernel/staff/desk-context.ts';
import { DeskMessage, deskLayout } from '#kernel/staff/desk-frame.tsx';
import { type DeskWords, deskWordsOf } from '#kernel/staff/desk-words.ts';
import { endSession } from '#kernel/staff/end-session.ts';
import { openSession } from '#kernel/staff/open-session.ts';
import { readSession, readTokens } from '#kernel/staff/read-session.ts';
import { attemptTime, deskHome, deskPath, doors, SignInRefused } from '#kernel/staff/sign-in.ts';
import { endSessions } from '#kernel/team/end-sessions.ts';
import { newSecret } from '#platform/ids.ts';
import { log } from '#platform/log.ts';
import {
  dropSessionCookie,
  sessionSecretOf,
  setAttemptCookie,
  setSessionCookie,
  takeAttempt,
} from './desk-cookies.ts';

/** Where people come back from the issuer: it needs no session, since it begins one or tells of its end. */
export function deskDoors(ctx: SignInContext): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get(doors.callback, (c) => comeIn(c, ctx));
  app.get(doors.signedOut, (c) => messagePage(c, ctx, { of: 'signedOut', link: 'signIn' }, 200));
  return app;
}

/** Shows a page to who has a session; who has none is led to the sign-in, and back to the page that they asked for. */
export function requireSession(ctx: SignInContext) {
  return createMiddleware<DeskEnv>(async (c, next) => {
    const secret = await sessionSecretOf(c, ctx);
    const session = secret && (await readSession(secret, { ...ctx, now: ctx.clock() }));
    if (!session) return isReading(c) ? signIn(c, ctx) : sessionOver(c, ctx);
    c.set('session', session);
    return next();
  });
}

const isReading = ({ req }: Context) => req.method === 'GET' || req.method === 'HEAD';

/** Sends a person to the issuer. */
async function signIn(c: Context<DeskEnv>, ctx: SignInContext): Promise<Response> {
  const { pathname, search, host } = new URL(c.req.url);
  const to = deskPath(pathname + search);
  // The issuer sends people back to the site's own address, and only there their cookies hold.
  if (host !== new URL(ctx.site).host) return c.redirect(ctx.site + to, 303);
  const attempt = {
    ...{ state: newSecret(), nonce: newSecret(), verifier: newSecret(), to },
    until: new Date(ctx.clock().getTime() + attemptTime),
  };
  const address = await ctx.issuer.signInAddress(attempt, c.get('language'));
  await setAttemptCookie(c, attempt, ctx);
  return c.redirect(address.href, 303);
}

/** Opens a session for who comes back from the issuer, and leads to the page that was asked for. */
async function comeIn(c: Context<DeskEnv>, ctx: SignInContext): Promise<Response> {
  const now = ctx.clock();
  const attempt = await takeAttempt(c, ctx, now);
  try {
    if (!attempt) throw new SignInRefused('There is no attempt in the cookie.');
    const signedIn = await ctx.issuer.redeem(new URL(c.req.url).search, attempt);
    const { secret } = await openSession(signedIn, { table: ctx.table, now });
    await setSessionCookie(c, secret, ctx);
    return c.redirect(deskPath(attempt.to), 303);
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    log('warn', 'desk-sign-in-refused', { fault: error.message });
    return messagePage(c, ctx, { of: 'refused', link: 'signInAgain' }, 400);
  }
}

/** Signs a person out, here, where they ask for it everywhere, and at the issuer: by a page that leads there, since a browser holds a form to our own addresses. */
export async function signOut(c: Context<DeskEnv>, ctx: SignInContext): Promise<Response> {
  const secret = await sessionSecretOf(c, ctx);
  if (secret === undefined) return c.redirect(doors.signedOut, 303);
  const tokens = await readTokens(secret, ctx);
  if (c.get('form').everywhere) {
    await endSessions(c.get('session').actor.id, { table: ctx.table, now: ctx.clock() });
  }
  await endSession(secret, ctx);
  dropSessionCookie(c);
  // Whatever becomes of the issuer, the session here is over.
  const address = tokens && (await ctx.issuer.signOutAddress(tokens).catch(() => undefined));
  if (!address) return c.redirect(doors.signedOut, 303);
  return messagePage(c, ctx, { of: 'signingOut', link: 'goOn', onward: address.href }, 200);
}

/** A form cannot be taken up again after the sign-in: its page says so, and leads back to where it was filled in. */
function sessionOver(c: Context<DeskEnv>, ctx: SignInContext): Response | Promise<Response> {
  return messagePage(c, ctx, { of: 'sessionOver', link: 'signIn', to: pageBefore(c) }, 401);
}

/** The page of the desk that a form was sent from. */
export function pageBefore(c: Context): string {
  const from = c.req.header('referer');
  if (from === undefined || !URL.canParse(from)) return deskHome;
  const { pathname, search } = new URL(from);
  return deskPath(pathname + search);
}

type Said = { [Name in keyof DeskWords]: DeskWords[Name] extends string ? Name : never }[keyof DeskWords];
/** What a message says: its detail's name, beside which its title stands. */
type Message = Extract<Said, { [Name in Said]: `${Name}Title` extends Said ? Name : never }[Said]>;

/** A page before the sign-in, or in place of one that cannot be shown. */
export function messagePage(
  c: Context<DeskEnv>,
  { demonstration }: SignInContext,
  { of, link, to = deskHome, onward }: { of: Message; link: Said; to?: string; onward?: string },
  status: 200 | 400 | 401 | 403 | 404 | 500 | 503,
): Response | Promise<Response> {
  const language = c.get('language');
  const words = deskWordsOf(language);
  const title = words[`${of}Title`];
  const message = { title, detail: words[of], link: { text: words[link], href: onward ?? to } };
  const frame = { title, path: c.req.path, links: [], session: c.get('session'), demonstration, onward };
  return c.html(deskLayout({ ...frame, language }, DeskMessage(message)), status);
}
