import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientError,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  None,
  ResponseBodyError,
  refreshTokenGrant,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from 'openid-client';
import type { Language } from '#platform/charity.ts';
import { actorFromClaims } from './read-actor.ts';
import {
  IssuerUnavailable,
  type SignedIn,
  type SignInAttempt,
  SignInRefused,
  type Tokens,
} from './sign-in.ts';

/** The issuer that the desk trusts, and how the desk is known there. */
export interface DeskClient {
  /** As the tokens' `iss` says it. */
  readonly issuer: string;
  readonly clientId: string;
  /** The access tokens' `aud`; where they have none, their `client_id`. */
  readonly audience: string;
  readonly rolesClaim: string;
  /** The scope that an access token must have. */
  readonly scope?: string | undefined;
  /** Our address to which the issuer sends who signed in. */
  readonly callback: string;
  /** Our address to which the issuer sends who signed out. */
  readonly signedOut: string;
}

/** What the desk asks of an issuer. */
export interface Issuer {
  /** Where a person signs in. @throws IssuerUnavailable */
  signInAddress(attempt: SignInAttempt, language: Language): Promise<URL>;
  /**
   * Redeems the code with which the issuer sent a person back.
   * @param query of the address to which it sent them
   * @throws SignInRefused, IssuerUnavailable
   */
  redeem(query: string, attempt: SignInAttempt): Promise<SignedIn>;
  /** Asks who a signed-in person is now. @throws SignInRefused, IssuerUnavailable */
  renew(tokens: Tokens): Promise<SignedIn>;
  /** Where a person signs out at the issuer too; undefined when it has no such place. @throws IssuerUnavailable */
  signOutAddress(tokens: Tokens): Promise<URL | undefined>;
}

/** The issuer has this long for an answer. Seconds. */
const answerTime = 5;
/** How long its addresses are good for before they are read again. Milliseconds: an hour. */
const goodFor = 3_600_000;
/** What API Gateway takes: RSA alone. The desk trusts no token that the JSON API would refuse. */
const algorithms = ['RS256', 'RS384', 'RS512'];

/** Opens the way to an OpenID Connect provider, whose addresses are read when they are first needed. */
export function openIssuer(client: DeskClient, clock: () => Date): Issuer {
  let known: { readonly found: Promise<Configuration>; readonly until: number } | undefined;
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  async function configuration(): Promise<Configuration> {
    const now = clock().getTime();
    if (!known || known.until <= now) {
      const found = discover(client);
      known = { found, until: now + goodFor };
      // What failed is tried again by the next request.
      found.catch(() => {
        known = undefined;
      });
    }
    return known.found;
  }

  async function signedIn(
    tokens: TokenEndpointResponse & TokenEndpointResponseHelpers,
    before?: Tokens,
  ): Promise<SignedIn> {
    const { jwks_uri: address } = (await configuration()).serverMetadata();
    if (!address) throw new IssuerUnavailable('The issuer names no keys.');
    keys ??= createRemoteJWKSet(new URL(address), { timeoutDuration: answerTime * 1000 });
    const { payload } = await jwtVerify(tokens.access_token, keys, {
      algorithms,
      issuer: client.issuer,
      requiredClaims: ['exp'],
    });
    requireForUs(payload, client);
    const claims = tokens.claims();
    if (claims && claims.sub !== payload.sub) throw new SignInRefused('Two tokens name two people.');
    const id = tokens.id_token ?? before?.id;
    if (id === undefined) throw new SignInRefused('The issuer gave no ID token.');
    const actor = actorFromClaims(payload, client.rolesClaim);
    return {
      actor,
      name: nameIn(claims) ?? nameIn(payload) ?? actor.id,
      tokens: { id, refresh: tokens.refresh_token ?? before?.refresh },
    };
  }

  return {
    signInAddress: (attempt, language) =>
      translated(async () => {
        const issuer = await configuration();
        const { scopes_supported: scopes = [] } = issuer.serverMetadata();
        const offline = scopes.includes('offline_access') ? ['offline_access'] : [];
        return buildAuthorizationUrl(issuer, {
          redirect_uri: client.callback,
          scope: [
            ...new Set(['openid', 'profile', ...(client.scope ? [client.scope] : []), ...offline]),
          ].join(' '),
          state: attempt.state,
          nonce: attempt.nonce,
          code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
          code_challenge_method: 'S256',
          ui_locales: language === 'en' ? 'en' : 'zh-Hant-HK zh-Hant zh-TW',
          // Cognito's own name for it.
          lang: language === 'en' ? 'en' : 'zh-TW',
        });
      }),
    redeem: (query, { state, nonce, verifier }) =>
      translated(async () => {
        const tokens = await authorizationCodeGrant(
          await configuration(),
          new URL(`${client.callback}${query}`),
          {
            expectedState: state,
            expectedNonce: nonce,
            pkceCodeVerifier: verifier,
            idTokenExpected: true,
          },
        );
        return signedIn(tokens);
      }),
    renew: (before) =>
      translated(async () => {
        if (before.refresh === undefined) throw new SignInRefused('The issuer gave no refresh token.');
        return signedIn(await refreshTokenGrant(await configuration(), before.refresh), before);
      }),
    signOutAddress: ({ id }) =>
      translated(async () => {
        const issuer = await configuration();
        if (!issuer.serverMetadata().end_session_endpoint) return undefined;
        return buildEndSessionUrl(issuer, {
          id_token_hint: id,
          post_logout_redirect_uri: client.signedOut,
          // Cognito's own name for it.
          logout_uri: client.signedOut,
        });
      }),
  };
}

function discover({ issuer, clientId }: DeskClient): Promise<Configuration> {
  const server = new URL(issuer);
  // The laptop's own has no certificate; a stage of real money cannot name such a one (infra/stage-schema.ts).
  const execute = server.protocol === 'http:' ? [allowInsecureRequests] : [];
  return discovery(server, clientId, undefined, None(), { execute, timeout: answerTime });
}

/** The same as the HTTP API's authorizer asks of a token. */
function requireForUs(payload: JWTPayload, { audience, scope }: DeskClient): void {
  const named = payload.aud === undefined ? [payload.client_id] : [payload.aud].flat();
  if (!named.includes(audience)) throw new SignInRefused('The access token is for another audience.');
  const scopes = typeof payload.scope === 'string' ? payload.scope.split(' ') : [payload.scp].flat();
  if (scope && !scopes.includes(scope)) throw new SignInRefused('The access token lacks the scope.');
}

/** How people call the person: by name, and where the issuer does not know it, by what they sign in with. */
function nameIn(claims: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const names = ['name', 'preferred_username', 'email', 'cognito:username', 'username'];
  const found = names
    .map((name) => claims?.[name])
    .find((value) => typeof value === 'string' && value !== '');
  return (found as string | undefined)?.slice(0, 100);
}

/** Says of what went wrong whether the sign-in was refused or the issuer could not be asked. */
async function translated<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal !== undefined) throw new SignInRefused(refusal);
    const isOfAsking = [
      ClientError,
      ResponseBodyError,
      AuthorizationResponseError,
      errors.JOSEError,
      TypeError,
    ];
    if (!isOfAsking.some((type) => error instanceof type)) throw error;
    throw new IssuerUnavailable('The issuer gave no answer of use.', { cause: error });
  }
}

/** What the issuer says when it is not the person's fault, nor the token's. */
const passing = ['server_error', 'temporarily_unavailable'];
/** An answer came, and it does not hold: another state, nonce, issuer, time or signature. */
const unsound = /^OAUTH_(?:INVALID_RESPONSE|JWT_\w+|JSON_ATTRIBUTE_COMPARISON_FAILED)$/;

/** How an answer of the issuer refuses a person, as a code; undefined when it does not. */
function refusalIn(error: unknown): string | undefined {
  if (error instanceof ResponseBodyError && [400, 401, 403].includes(error.status)) return error.error;
  if (error instanceof AuthorizationResponseError && !passing.includes(error.error)) return error.error;
  if (error instanceof ClientError && unsound.test(error.code ?? '')) return error.code;
  // Its keys could not be fetched: that says nothing of the token.
  if (error instanceof errors.JWKSTimeout || (error as { code?: unknown }).code === 'ERR_JOSE_GENERIC')
    return undefined;
  return error instanceof errors.JOSEError ? error.code : undefined;
}
