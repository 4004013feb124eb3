import { serveDesk } from '#apps/staff/serve-desk.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import type { SignInContext } from '#kernel/staff/desk-context.ts';
import { openDirectory } from '#kernel/staff/directory-gateway.ts';
import { openIssuer } from '#kernel/staff/issuer-gateway.ts';
import { actorOfRequest } from '#kernel/staff/read-actor.ts';
import { doors } from '#kernel/staff/sign-in.ts';
import type { StaffContext } from '#kernel/staff/staff-context.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { maybeSecret, maybeVariable, secret, variable } from '#platform/config.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { serve, serveByRoute } from '#platform/http/serve.ts';
import { KeyedHash } from '#platform/ids.ts';
import { openTable } from '#platform/table/table.ts';

const rolesClaim = variable('ROLES_CLAIM');
const stripeKey = maybeSecret('STRIPE_SECRET_KEY_PARAMETER');
const hashKey = secret('HASH_KEY_PARAMETER');
const site = variable('SITE_URL');
const clock = () => new Date();

const pool = maybeVariable('STAFF_POOL');

const context: StaffContext & SignInContext = {
  table: openTable(variable('TABLE_NAME')),
  clock,
  random: Math.random,
  actorOf: (c) => actorOfRequest(c, rolesClaim),
  files: openFiles(variable('FILES_BUCKET')),
  ...(stripeKey && { stripe: async () => openStripe(await stripeKey()) }),
  hash: async () => new KeyedHash(await hashKey()),
  ...(pool !== undefined && { directory: openDirectory(pool) }),
  site,
  demonstration: variable('STRIPE_LIVEMODE') !== 'true',
  sessionKey: secret('SESSION_KEY_PARAMETER'),
  issuer: openIssuer(
    {
      issuer: variable('SIGN_IN_ISSUER'),
      clientId: variable('SIGN_IN_CLIENT'),
      audience: variable('SIGN_IN_AUDIENCE'),
      scope: maybeVariable('SIGN_IN_SCOPE'),
      rolesClaim,
      callback: site + doors.callback,
      signedOut: site + doors.signedOut,
    },
    clock,
  ),
};

/** Lambda `staff`: the staff's operations, behind the HTTP API's authorizer, and the desk, which knows people by their session. */
export const handler = serveByRoute(
  '/api/staff/',
  serve(createStaffApp(context)),
  serveDesk(context, stripeKey),
);
