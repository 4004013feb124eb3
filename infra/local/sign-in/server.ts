import { randomBytes } from 'node:crypto';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Provider } from 'oidc-provider';
import { unframed } from '../same-site.ts';
import { listenLocally, type PortChoice } from '../serve.ts';
import { People, type Person } from './people.ts';
import { createProvider, type TrustedTokens, trusted } from './provider.ts';
import { signInPage } from './sign-in-page.tsx';
import { userPoolOf } from './user-pool.ts';

/** A local sign-in that is listening. */
export interface LocalSignIn<Role extends string> {
  /** The issuer, without a trailing slash. */
  readonly url: string;
  /** What a stage has to trust. */
  readonly settings: TrustedTokens;
  /** A bearer token of each role, good for a day, each from the token endpoint. */
  staffTokens(): Promise<Record<Role, string>>;
  /** Gives a person other roles, which the next token says; without any list the person is removed. */
  changeRoles(id: string, roles: readonly string[] | undefined): void;
  /** Its people as a user pool, for the cloud whose functions change them. */
  readonly userPool: ReturnType<typeof userPoolOf>;
  close(): Promise<void>;
}

/**
 * Starts an OpenID Connect provider with invented people.
 *
 * @param people who may sign in; one a role, since each role has one token for scripts
 * @throws PortTakenError when an explicit port is taken
 */
export async function startLocalSignIn<Role extends string>(
  choice: PortChoice,
  people: readonly Person<Role>[],
): Promise<LocalSignIn<Role>> {
  // The issuer is the address, which is known only once the server listens.
  let listener: Parameters<typeof listenLocally>[0] = (_, response) => response.writeHead(503).end();
  const server = await listenLocally((request, response) => listener(request, response), choice);
  const { url } = server;
  const clientSecret = randomBytes(24).toString('hex');
  const known = new People(people);
  const provider = await createProvider(url, clientSecret, known);
  const [protocol, pages] = [provider.callback(), getRequestListener(pagesOf(provider, known).fetch)];
  listener = (request, response) => {
    for (const [name, value] of Object.entries(unframed)) response.setHeader(name, value);
    void (request.url?.startsWith('/interaction/') ? pages : protocol)(request, response);
  };
  return {
    url,
    settings: { issuer: url, ...trusted },
    staffTokens: async () => {
      const tokens = people.map(
        async ({ id, role }) => [role, await tokenOf(url, id, clientSecret)] as const,
      );
      return Object.fromEntries(await Promise.all(tokens)) as Record<Role, string>;
    },
    changeRoles: (id, roles) => known.change(id, roles ? { roles, isEnabled: true } : { isEnabled: false }),
    userPool: userPoolOf(known),
    close: () => server.close(),
  };
}

/** The page where a person is chosen, and what follows from the choice. */
function pagesOf(provider: Provider, people: People): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/interaction/:uid', async (c) => {
    const { incoming, outgoing } = c.env;
    const { uid, prompt } = await provider.interactionDetails(incoming, outgoing);
    // The provider asks for every native client whether it may act; the desk is ours, and nobody is asked.
    if (prompt.name === 'consent') {
      const agreed = { mergeWithLastSubmission: true };
      return c.redirect(await provider.interactionResult(incoming, outgoing, { consent: {} }, agreed), 303);
    }
    return c.html(
      signInPage(
        uid,
        people.all.filter(({ isEnabled }) => isEnabled),
      ),
      200,
      { 'cache-control': 'no-store' },
    );
  });
  app.post('/interaction/:uid', async (c) => {
    const { incoming, outgoing } = c.env;
    const chosen = (await c.req.parseBody()).member;
    const person = people.find(typeof chosen === 'string' ? chosen : undefined);
    if (!person) return c.text('There is no such person.\n', 422);
    people.change(person.id, { hasSignedIn: true });
    const result = { login: { accountId: person.id } };
    return c.redirect(await provider.interactionResult(incoming, outgoing, result), 303);
  });
  app.onError((_, c) => c.text('This sign-in is over; begin again.\n', 400));
  return app;
}

/** A token by the client credentials grant (RFC 6749, section 4.4). */
async function tokenOf(url: string, clientId: string, clientSecret: string): Promise<string> {
  const response = await fetch(`${url}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: trusted.audience,
      scope: trusted.scope,
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (!response.ok || !token) throw new Error(`The local sign-in gave no token: ${response.status}.`);
  return token;
}
