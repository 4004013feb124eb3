import { describe, expect, it } from 'vitest';
import { serveDesk } from '#apps/staff/serve-desk.ts';
import { doors } from '#kernel/staff/sign-in.ts';
import { issuerOf } from '../support/desk-browser.ts';
import { place } from '../support/staff-api.ts';
import { existingTable } from '../support/table.ts';

const signIn = { issuer: 'https://sign-in.example.org', audience: 'a', client: 'desk', rolesClaim: 'groups' };

/** A request as API Gateway hands it over, as far as the desk asks. */
const anEvent: unknown = {
  ...{
    version: '2.0',
    rawQueryString: '',
    headers: { host: 'give.example.org' },
    body: null,
    isBase64Encoded: false,
  },
  requestContext: { domainName: 'give.example.org', http: { method: 'GET' } },
};

/** The page after the sign-out, of a stage that is configured for real money, with a key. */
async function pageWith(key: () => Promise<string>, demonstration = false): Promise<string> {
  const context = {
    ...{ table: existingTable('none'), clock: () => new Date(), random: () => 0, site: place.siteUrl },
    ...{
      demonstration,
      sessionKey: async () => 'a session key of at least 32 characters',
      issuer: issuerOf(signIn),
    },
  };
  const event = { ...(anEvent as object), rawPath: doors.signedOut } as Parameters<
    ReturnType<typeof serveDesk>
  >[0];
  const answer = await serveDesk(context, key)(event);
  return String((answer as { readonly body?: unknown }).body);
}

describe('the desk', () => {
  it.each(['sk_test_1', 'rk_test_1'])(
    'says that it is in test mode with the key %s, whatever the stage',
    async (key) => {
      expect(await pageWith(async () => key)).toContain('TEST MODE');
    },
  );

  it('says so on a stage without real money, and not where real money is taken', async () => {
    expect(await pageWith(async () => 'rk_live_1', true)).toContain('TEST MODE');
    expect(await pageWith(async () => 'rk_live_1')).not.toContain('TEST MODE');
    expect(await pageWith(() => Promise.reject(new Error('No parameter.')))).not.toContain('TEST MODE');
  });
});
