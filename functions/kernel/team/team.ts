import type { Role } from '#kernel/staff/actor.ts';
import type { Directory } from '#kernel/staff/directory-gateway.ts';
import { leavesAdmin, type StaffPerson } from '#kernel/staff/staff-person.ts';
import { Problem } from '#platform/errors.ts';

/** What the audit log and a person's list say of roles. */
export function rolesLine(roles: readonly Role[]): string {
  return roles.join(' ') || 'none';
}

/** @throws Problem `staff-elsewhere` where the sign-in is not ours to change */
export function requireDirectory({ directory }: { readonly directory?: Directory }): Directory {
  if (directory) return directory;
  throw new Problem(
    'staff-elsewhere',
    'Your charity signs in at a service of its own: people, roles and second factors are changed there.',
  );
}

/** @throws Problem `not-found` */
export function personIn(people: readonly StaffPerson[], id: string): StaffPerson {
  const found = people.find((person) => person.id === id);
  if (!found) throw new Problem('not-found', 'There is no such person.');
  return found;
}

/** The same, of those who were not removed. @throws Problem `not-found` */
export function presentIn(people: readonly StaffPerson[], id: string): StaffPerson {
  const found = personIn(people, id);
  if (found.state === 'removed') throw new Problem('not-found', 'This person was removed.');
  return found;
}

/** @throws Problem `last-admin` when nobody would be left who may do this */
export function requireAdminLeft(people: readonly StaffPerson[], id: string, roles: readonly Role[]): void {
  if (leavesAdmin(people, id, roles)) return;
  throw new Problem(
    'last-admin',
    'Nobody else is an admin and can sign in. Make another person an admin first.',
  );
}
