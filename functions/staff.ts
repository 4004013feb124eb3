import { openFiles } from './files/file-store.ts';
import { serve } from './http/serve.ts';
import { secret, variable } from './platform/config.ts';
import { actorOfRequest } from './staff/actor.ts';
import { createStaffApp } from './staff/staff-app.ts';
import { openStripe } from './stripe/gateway.ts';
import { openTable } from './table/table.ts';

const rolesClaim = variable('ROLES_CLAIM');
const stripeKey = secret('STRIPE_SECRET_KEY_PARAMETER');

/** Lambda `staff`: the staff's operations, behind the HTTP API's authorizer. */
export const handler = serve(
  createStaffApp({
    table: openTable(variable('TABLE_NAME')),
    clock: () => new Date(),
    actorOf: (c) => actorOfRequest(c, rolesClaim),
    files: openFiles(variable('FILES_BUCKET')),
    stripe: async () => openStripe(await stripeKey()),
  }),
);
