import { createRemoteJWKSet, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Model, ModelResource } from '../template/model.ts';
import { TemplateError } from '../template/template.ts';

/** What an authorizer says of a request: the claims for the function, or API Gateway's refusal. */
export type Authorized =
  | { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null }
  | { readonly refused: Response };

/** Checks a request's token; `scopes` are the route's, of which the token needs one. */
export type Authorizer = (request: Request, scopes: readonly string[]) => Promise<Authorized>;

// "Currently, only RSA-based algorithms are supported" (API Gateway's guide, JWT authorizers).
const algorithms = ['RS256', 'RS384', 'RS512'];
const headerSource = /^\$request\.header\.([A-Za-z0-9-]+)$/;

/**
 * The JWT authorizers of the template by their ids, each with its issuer's keys found as API Gateway finds them.
 *
 * @throws TemplateError when an issuer has no discovery document, which AWS refuses too
 */
export async function readAuthorizers(model: Model): Promise<ReadonlyMap<string, Authorizer>> {
  return new Map(
    await Promise.all(
      model
        .of('AWS::ApiGatewayV2::Authorizer')
        .map(async (resource) => [resource.ref, await readAuthorizer(resource)] as const),
    ),
  );
}

async function readAuthorizer(resource: ModelResource<'AWS::ApiGatewayV2::Authorizer'>): Promise<Authorizer> {
  const { IdentitySource, JwtConfiguration } = resource.properties;
  const { Issuer: issuer, Audience: audience } = JwtConfiguration;
  const header = headerSource.exec(IdentitySource[0] ?? '')?.[1];
  if (!header) throw new TemplateError(`${resource.id}.IdentitySource: the local cloud reads headers only.`);
  const keys = createRemoteJWKSet(await keysAddress(issuer, resource.id));
  return async (request, scopes) => {
    const token = request.headers.get(header)?.replace(/^Bearer +/i, '');
    if (!token) return { refused: refusal(401, 'Bearer') };
    try {
      if (!decodeProtectedHeader(token).kid) return invalid('the token names no key');
      const { payload } = await jwtVerify(token, keys, { algorithms, issuer, requiredClaims: ['exp'] });
      if (!isFor(payload, audience)) return invalid('the token is for another audience');
      if (payload.iat !== undefined && payload.iat > Date.now() / 1000)
        return invalid('the token is of the future');
      if (scopes.length > 0 && !scopesOf(payload).some((scope) => scopes.includes(scope))) {
        return {
          refused: refusal(403, challenge('insufficient_scope', 'the token has no scope of the route')),
        };
      }
      return { claims: asTexts(payload), scopes: scopes.length > 0 ? scopesOf(payload) : null };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError)
        return invalid('the token does not hold');
      throw error;
    }
  };
}

async function keysAddress(issuer: string, id: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = await fetch(address)
    .then((response) => (response.ok ? (response.json() as Promise<{ jwks_uri?: string }>) : undefined))
    .catch(() => undefined);
  if (!document?.jwks_uri || !URL.canParse(document.jwks_uri)) {
    throw new TemplateError(`${id}.JwtConfiguration.Issuer: ${address} is no discovery document.`);
  }
  return new URL(document.jwks_uri);
}

/** `client_id` counts only when there is no `aud`. */
function isFor(payload: JWTPayload, audience: readonly string[]): boolean {
  const named = payload.aud === undefined ? [payload.client_id] : [payload.aud].flat();
  return named.some((name) => typeof name === 'string' && audience.includes(name));
}

function scopesOf(payload: JWTPayload): string[] {
  const given = payload.scope ?? payload.scp;
  if (Array.isArray(given)) return given.map(String);
  return typeof given === 'string' ? given.split(' ').filter(Boolean) : [];
}

/** Every claim reaches the function as a text; a list as its parts between brackets, parted by spaces. */
function asTexts(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `map[${Object.entries(value)
    .map(([name, one]) => `${name}:${asText(one)}`)
    .join(' ')}]`;
}

function invalid(why: string): Authorized {
  return { refused: refusal(401, challenge('invalid_token', why)) };
}

function challenge(error: string, description: string): string {
  return `Bearer scope="" error="${error}" error_description="${description}"`;
}

function refusal(status: 401 | 403, wwwAuthenticate: string): Response {
  const message = status === 401 ? 'Unauthorized' : 'Forbidden';
  return Response.json({ message }, { status, headers: { 'www-authenticate': wwwAuthenticate } });
}
