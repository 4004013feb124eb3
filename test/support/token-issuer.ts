import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { SignIn } from '../../infra/constructs/stage.ts';
import { serveLocally } from '../../infra/local/serve.ts';

/** An issuer of tokens whose key the test holds, so that it can sign what a real one never would. */
export type TokenIssuer = Awaited<ReturnType<typeof startTokenIssuer>>;

/** How a token differs from one that holds. */
export interface TokenChanges {
  /** Claims in place of the usual ones; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly kid?: string | undefined;
  /** Sign with another key than the published one. */
  readonly foreignKey?: boolean;
  readonly alg?: 'RS256' | 'ES256';
}

/** Starts an issuer with discovery document and keys, and gives tokens of it. */
export async function startTokenIssuer() {
  const [own, foreign, elliptic] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('RS256'),
    generateKeyPair('ES256', { extractable: true }),
  ]);
  const published = [
    { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(elliptic.publicKey)), kid: 'elliptic', alg: 'ES256', use: 'sig' },
  ];
  const server = await serveLocally(
    (request) => {
      const { pathname, origin } = new URL(request.url);
      if (pathname === '/keys') return Response.json({ keys: published });
      if (pathname === '/.well-known/openid-configuration') {
        return Response.json({ issuer: origin, jwks_uri: `${origin}/keys` });
      }
      return new Response('', { status: 404 });
    },
    { port: 0 },
  );
  const signIn: SignIn & { scope: string } = {
    issuer: server.url,
    audience: 'tideover-test',
    client: 'tideover-test',
    rolesClaim: 'cognito:groups',
    scope: 'staff',
  };
  const token = (roles: readonly string[], changes: TokenChanges = {}): Promise<string> => {
    const { alg = 'RS256', foreignKey = false } = changes;
    const kid = 'kid' in changes ? changes.kid : alg === 'ES256' ? 'elliptic' : 'own';
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      sub: `sub-of-${roles.join('-') || 'nobody'}`,
      iss: signIn.issuer,
      aud: signIn.audience,
      scope: signIn.scope,
      iat: now - 1,
      exp: now + 600,
      [signIn.rolesClaim]: roles,
      ...changes.claims,
    };
    const key = foreignKey ? foreign.privateKey : alg === 'ES256' ? elliptic.privateKey : own.privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg, ...(kid && { kid }) }).sign(key);
  };
  return { signIn, token, publicKey: own.publicKey, close: () => server.close() };
}
