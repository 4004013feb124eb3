import type { Role } from '#kernel/staff/actor.ts';
import type { Person } from '../local/sign-in/people.ts';

/** Who may sign in at the local sign-in: one invented person a role. */
export const demoSignIns: readonly Person<Role>[] = [
  { id: 'staff_admin', name: 'Rowan', role: 'admin' },
  { id: 'staff_campaigns', name: 'Linden', role: 'campaigns' },
  { id: 'staff_finance', name: 'Hazel', role: 'finance' },
  { id: 'staff_families', name: 'Aspen', role: 'families' },
  { id: 'staff_door', name: 'Alder', role: 'door' },
];
