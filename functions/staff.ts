import { createStaffApp } from '#apps/staff/staff-app.ts';
import { actorOfRequest } from '#kernel/staff/read-actor.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { secret, variable } from '#platform/config.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { serve } from '#platform/http/serve.ts';
import { openTable } from '#platform/table/table.ts';

const rolesClaim = variable('ROLES_CLAIM');
const stripeKey = secret('STRIPE_SECRET_KEY_PARAMETER');

/** Lambda `staff`: the staff's operations, behind the HTTP API's authorizer. */
export const handler = serve(
  createStaffApp({
    table: openTable(variable('TABLE_NAME')),
    clock: () => new Date(),
    random: Math.random,
    actorOf: (c) => actorOfRequest(c, rolesClaim),
    files: openFiles(variable('FILES_BUCKET')),
    stripe: async () => openStripe(await stripeKey()),
  }),
);
