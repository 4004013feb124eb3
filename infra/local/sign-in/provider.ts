import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type {
  ClientMetadata,
  Configuration,
  KoaContextWithOIDC,
  Provider as ProviderType,
} from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import { Provider } from 'oidc-provider/lib/provider.js';
import type { People } from './people.ts';
import { signOutPage } from './sign-in-page.tsx';
import { localPool } from './user-pool.ts';

/** What the tokens of the local sign-in say, for the authorizer that trusts them. */
export interface TrustedTokens {
  readonly issuer: string;
  /** The desk: a page in a browser, which keeps no secret and proves itself by PKCE. */
  readonly client: string;
  readonly audience: string;
  /** The claim that holds the roles. */
  readonly rolesClaim: string;
  readonly scope: string;
  /** The user pool that holds its people. */
  readonly pool: string;
}

/** The same for every start, but for the issuer. */
export const trusted: Omit<TrustedTokens, 'issuer'> = {
  client: 'desk',
  audience: 'urn:tideover:staff',
  rolesClaim: 'roles',
  scope: 'staff',
  pool: localPool,
};

const [minute, hour, day] = [60, 3600, 86_400];

/**
 * An OpenID Connect provider with invented people, in memory, with keys of its own start.
 *
 * @param issuer the address it is reached at
 * @param clientSecret the secret of the clients that make tokens for scripts, one a person
 */
export async function createProvider(
  issuer: string,
  clientSecret: string,
  people: People,
): Promise<ProviderType> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
  return new Provider(issuer, {
    adapter: createMemoryAdapter(),
    clients: [desk(), ...people.all.map(({ id }) => scriptClient(id, clientSecret))],
    jwks: { keys: [key] } as Configuration['jwks'] & object,
    cookies: { keys: [randomBytes(24).toString('hex')] },
    findAccount: (_, id) => {
      const person = people.find(id);
      return person && { accountId: id, claims: () => ({ sub: id, name: person.name }) };
    },
    claims: { openid: ['sub'], profile: ['name'] },
    scopes: ['openid', 'profile', trusted.scope],
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: grantToDesk,
    extraTokenClaims: (_, token) => {
      const person = people.find('accountId' in token ? token.accountId : token.clientId);
      return person && { [trusted.rolesClaim]: person.roles };
    },
    clientBasedCORS: (_, origin) => /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin),
    ttl: {
      AccessToken: hour,
      AuthorizationCode: minute,
      ClientCredentials: day,
      Grant: day,
      IdToken: hour,
      Interaction: hour,
      RefreshToken: day,
      Session: day,
    },
    pkce: { required: () => true },
    // For as long as a session of the desk may need it; the desk asks for no access while nobody is there.
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.body = String(await signOutPage(form));
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => trusted.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: trusted.scope,
          audience: trusted.audience,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
}

// A native client's address on the own machine may have any port (RFC 8252, section 7.3).
function desk(): ClientMetadata {
  return {
    client_id: trusted.client,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/staff/signed-in'],
    post_logout_redirect_uris: ['http://127.0.0.1/staff/signed-out'],
    scope: `openid profile ${trusted.scope}`,
  };
}

function scriptClient(id: string, secret: string): ClientMetadata {
  return {
    client_id: id,
    client_secret: secret,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: trusted.scope,
  };
}

/** The desk is ours, so that nobody is asked whether it may act. */
async function grantToDesk(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc;
  if (client?.clientId !== trusted.client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: trusted.client, accountId: session.accountId });
  grant.addOIDCScope(`openid profile ${trusted.scope}`);
  grant.addResourceScope(trusted.audience, trusted.scope);
  await grant.save();
  return grant;
}
