import type { Role } from '#kernel/staff/actor.ts';
import type { Person } from '../local/sign-in/people.ts';

/** Who may sign in at the local sign-in: one invented person a role. */
export const demoSignIns: readonly Person<Role>[] = [
  { id: 'staff_admin', name: 'Rowan', email: 'rowan@example.org', role: 'admin' },
  { id: 'staff_campaigns', name: 'Linden', email: 'linden@example.org', role: 'campaigns' },
  { id: 'staff_finance', name: 'Hazel', email: 'hazel@example.org', role: 'finance' },
  { id: 'staff_families', name: 'Aspen', email: 'aspen@example.org', role: 'families' },
  { id: 'staff_door', name: 'Alder', email: 'alder@example.org', role: 'door' },
];
