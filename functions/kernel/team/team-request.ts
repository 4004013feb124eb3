import * as z from 'zod/mini';
import { type Role, roles } from '#kernel/staff/actor.ts';
import { text } from '#platform/http/fields.ts';
import { longestAddress, readMailAddress } from '#platform/mail-address.ts';

const role = z._default(z.boolean('A role is true or false.'), false);

/** Which roles a person has: each is false where it is left out. */
const rolesSchema = z.strictObject(
  { admin: role, campaigns: role, finance: role, families: role, door: role } satisfies Record<Role, unknown>,
  'The roles are an object with true or false for each role.',
);

const email = z.string('The e-mail address is a text.').check(
  z.overwrite((typed) => {
    const read = readMailAddress(typed);
    return 'address' in read ? read.address : typed;
  }),
  z.meta({ format: 'email', maxLength: longestAddress }),
  z.refine(
    (value) => 'address' in readMailAddress(value),
    'Type an e-mail address, such as ada@example.org.',
  ),
);

/** Whom to invite. */
export const invitationSchema = z.strictObject(
  { name: text('The name', 100), email, roles: rolesSchema },
  'The body is an object with name, email and roles.',
);

/** The roles that a person is to have. */
export const rolesChangeSchema = z.strictObject({ roles: rolesSchema }, 'The body is an object with roles.');

/** The roles that are true, in their own order. */
export function chosenRoles(chosen: z.output<typeof rolesSchema>): Role[] {
  return roles.filter((each) => chosen[each]);
}
