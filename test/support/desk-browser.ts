import { createDeskApp } from '#apps/staff/desk-app.tsx';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import type { SignInContext } from '#kernel/staff/desk-context.ts';
import { type Issuer, openIssuer } from '#kernel/staff/issuer-gateway.ts';
import { actorOfRequest } from '#kernel/staff/read-actor.ts';
import { doors } from '#kernel/staff/sign-in.ts';
import type { StaffContext } from '#kernel/staff/staff-context.ts';
import { serve, serveByRoute } from '#platform/http/serve.ts';
import type { Table } from '#platform/table/table.ts';
import type { SignIn } from '../../infra/constructs/stage.ts';
import { openRoutes, place } from './staff-api.ts';

/** A request to a desk and its answer. */
export type Answering = (request: Request) => Promise<Response>;

/** The staff's function on a table behind the template's routes, its sign-in at an issuer that answers. */
export async function openDesk(
  table: Table,
  signIn: SignIn,
  changes: Partial<StaffContext & SignInContext> = {},
): Promise<Answering> {
  return (await openRoutes(staffFunction(table, signIn, changes), signIn)).answer;
}

/** The issuer of a sign-in as the desk asks it. */
export function issuerOf(signIn: SignIn, clock = () => new Date()): Issuer {
  const [callback, signedOut] = [place.siteUrl + doors.callback, place.siteUrl + doors.signedOut];
  return openIssuer({ ...signIn, clientId: signIn.client, callback, signedOut }, clock);
}

/** The staff's function, as API Gateway invokes it. */
export function staffFunction(
  table: Table,
  signIn: SignIn,
  changes: Partial<StaffContext & SignInContext> = {},
) {
  const clock = changes.clock ?? (() => new Date());
  const site = place.siteUrl;
  const context: StaffContext & SignInContext = {
    table,
    clock,
    random: Math.random,
    actorOf: (c) => actorOfRequest(c, signIn.rolesClaim),
    site,
    demonstration: true,
    sessionKey: async () => 'a session key of at least 32 characters',
    issuer: issuerOf(signIn, clock),
    ...changes,
  };
  const [api, desk] = [serve(createStaffApp(context)), serve(createDeskApp(context))];
  return serveByRoute('/api/staff/', api, desk);
}

/** What a browser shows after it followed all redirects and what a page sends on by itself. */
export interface Shown {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  /** Every address on the way, this one included. */
  readonly way: readonly string[];
}

/** A browser as far as the desk needs one: it keeps each server's cookies and follows redirects. */
export class DeskBrowser {
  readonly #answer: Answering;
  readonly #jars = new Map<string, Map<string, string>>();

  constructor(answer: Answering) {
    this.#answer = answer;
  }

  /** The cookies that the desk's server is sent. */
  get cookies(): Map<string, string> {
    return this.#jar(place.siteUrl);
  }

  /** One request, without following what it answers. */
  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, place.siteUrl);
    const headers = new Headers(init.headers);
    const jar = this.#jar(url.origin);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const request = { ...init, headers, redirect: 'manual' } as const;
    const response =
      url.origin === place.siteUrl
        ? await this.#answer(new Request(url, request))
        : await fetch(url, request);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0\b/i.test(line) || value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /**
   * Opens an address, and follows where it leads.
   * @param until an address that is not opened any more
   */
  async open(address: string, init: RequestInit = {}, until = (_: URL) => false): Promise<Shown> {
    const way: string[] = [];
    let url = new URL(address, place.siteUrl);
    let response = await this.send(url.href, init);
    for (;;) {
      way.push(url.href);
      const html = await response.text();
      const to = response.headers.get('location') ?? onwardIn(html);
      const next = to === undefined ? undefined : new URL(to, url);
      if (!next || until(next)) {
        const { status, headers } = response;
        return { url: next ?? url, status, html, headers, way };
      }
      if (way.length > 12) throw new Error(`The way has no end:\n${way.join('\n')}`);
      url = next;
      response = await this.send(url.href);
    }
  }

  /** Sends a form of ours as a page of ours does. */
  post(path: string, fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(fields);
    return this.open(path, { method: 'POST', body, headers: { origin: place.siteUrl, ...headers } });
  }

  /** Signs in at the issuer, and stops before the address at the desk to which that leads. */
  async toCallback(person: string, path = '/staff'): Promise<URL> {
    const isBack = ({ origin, pathname }: URL) => origin === place.siteUrl && pathname === doors.callback;
    const shown = await this.open(path, {}, isBack);
    if (isBack(shown.url)) return shown.url;
    const chosen = { method: 'POST', body: new URLSearchParams({ member: person }) };
    return (await this.open(shown.url.href, chosen, isBack)).url;
  }

  /** Asks for a page of the desk, and chooses a person at the local sign-in where that asks. */
  async signIn(person: string, path = '/staff'): Promise<Shown> {
    const shown = await this.open(path);
    if (!shown.url.pathname.startsWith('/interaction/')) return shown;
    return this.open(shown.url.href, { method: 'POST', body: new URLSearchParams({ member: person }) });
  }

  /** Signs out by the form of a page, here and at the local sign-in, which asks. */
  async signOut(page: Shown): Promise<Shown> {
    const asked = await this.post('/staff/sign-out', { csrf: csrfIn(page) });
    const [, action] = /id="op.logoutForm" method="post" action="([^"]+)"/.exec(asked.html) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(asked.html) ?? [];
    if (!action) return asked;
    return this.open(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
  }

  #jar(origin: string): Map<string, string> {
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    return jar;
  }
}

/** Where a page sends the browser on by itself. */
function onwardIn(html: string): string | undefined {
  return /http-equiv="refresh" content="0; url=([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
}

/** The token that every form of a page carries. */
export function csrfIn({ html }: Pick<Shown, 'html'>): string {
  return /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}
