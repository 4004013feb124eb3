import type { Role } from './actor.ts';

/** Whether a person can sign in: yes; not before they have chosen a password of their own; not any more. */
export type StaffPersonState = 'active' | 'invited' | 'removed';

/** A person of the staff, as the sign-in knows them. */
export interface StaffPerson {
  /** The subject of their tokens. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly state: StaffPersonState;
}

/** Whether an admin who can sign in is left when one person has these roles and no others. */
export function leavesAdmin(people: readonly StaffPerson[], id: string, roles: readonly Role[]): boolean {
  return people.some(
    (person) => person.state === 'active' && (person.id === id ? roles : person.roles).includes('admin'),
  );
}
