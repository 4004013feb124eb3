import { createStaffApp } from '#apps/staff/staff-app.ts';
import type { Role } from '#kernel/staff/actor.ts';
import type { Table } from '#platform/table/table.ts';
import { asDescribed } from './described.ts';

/** The staff's API on a table, for a person with one role and at a fixed moment; its answers are checked against the API document. */
export function staffOn(table: Table, now: Date, role: Role) {
  const actorOf = () => ({ id: 'sub-1', roles: [role] });
  return asDescribed(createStaffApp({ random: Math.random, table, clock: () => now, actorOf }));
}
