import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { createMiddleware } from 'hono/factory';
import { trimTrailingSlash } from 'hono/trailing-slash';
import type { DeskEnv, SignInContext } from '#kernel/staff/desk-context.ts';
import { linksOf } from '#kernel/staff/desk-endpoint.ts';
import { deskStyles } from '#kernel/staff/desk-styles.ts';
import { mayDo } from '#kernel/staff/rights.ts';
import { deskHome, IssuerUnavailable } from '#kernel/staff/sign-in.ts';
import { takeForm } from '#kernel/staff/take-form.ts';
import { problemOf } from '#platform/http/requests.ts';
import { errorFields, log } from '#platform/log.ts';
import { answerInTime } from '#platform/web/answer-in-time.ts';
import { refuseUnnamedForms } from '#platform/web/refuse-foreign-forms.ts';
import { deskHeaders } from '#platform/web/security-headers.ts';
import { languageOfRequest, setLanguageCookie } from './desk-cookies.ts';
import { deskDoors, messagePage, pageBefore, requireSession, signOut } from './desk-doors.tsx';
import { deskPages } from './desk-pages.ts';
import { homePage } from './home-page.tsx';
import { isOpeningOver } from './opening/read-opening.ts';
import { trusteeDoors } from './trustees/trustee-door.tsx';

/** The function has 20 seconds. Milliseconds. */
const answerTime = 17_000;

/** The desk: pages in a browser for people of the staff. It knows them by their session alone; a bearer token means nothing here. */
export function createDeskApp(ctx: SignInContext): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const links = linksOf(deskPages);
  app.use(compress(), answerInTime(answerTime), deskHeaders({ site: ctx.site, styles: deskStyles }));
  app.use(async (c, next) => {
    c.set('language', languageOfRequest(c));
    await next();
  });
  app.use(onlyDesk, refuseUnnamedForms(ctx));
  app.use(trimTrailingSlash({ alwaysRedirect: true }));
  app.route('/', deskDoors(ctx));
  app.route('/', trusteeDoors(ctx));
  app.use(requireSession(ctx), takeForm);
  app.get(deskHome, async (c) => {
    const { session, language } = c.var;
    const isOpening = mayDo(session.actor, 'opening.confirm') && !(await isOpeningOver(ctx));
    return c.html(homePage({ session, language, links, isOpening, demonstration: ctx.demonstration }));
  });
  app.post('/staff/language', (c) => {
    setLanguageCookie(c, c.get('form').language === 'zh-HK' ? 'zh-HK' : 'en');
    return c.redirect(pageBefore(c), 303);
  });
  app.post('/staff/sign-out', (c) => signOut(c, ctx));
  for (const page of deskPages) {
    app[page.method](page.path, (c) => page.respond(c, ctx));
  }
  app.notFound((c) => messagePage(c, ctx, { of: 'notFound', link: 'home' }, 404));
  app.onError((error, c) => failed(c, error, ctx));
  return app;
}

/** What the route of the desk takes and is not below `/staff`, once the dots in its path are resolved, is nothing. */
const onlyDesk = createMiddleware<DeskEnv>(async (c, next) => {
  if (!/^\/staff(?:\/|$)/.test(c.req.path)) return c.notFound();
  return next();
});

/** Answers a failure with a page. The message of an unknown error never goes out. */
function failed(c: Context<DeskEnv>, error: Error, ctx: SignInContext): Response | Promise<Response> {
  if (error instanceof IssuerUnavailable) {
    log('error', 'issuer-unavailable', errorFields(error));
    return messagePage(c, ctx, { of: 'unavailable', link: 'home' }, 503);
  }
  const { code, status } = problemOf(error, c);
  if (code === 'not-found') return messagePage(c, ctx, { of: 'notFound', link: 'home' }, 404);
  if (code === 'forbidden') {
    // The fields are there once the form is known as ours.
    const of = c.get('form') ? 'forbidden' : 'foreignForm';
    return messagePage(c, ctx, { of, link: 'home' }, 403);
  }
  return messagePage(c, ctx, { of: 'failed', link: 'home' }, status >= 500 ? 500 : 400);
}
