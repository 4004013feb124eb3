import type { Role } from '../../../functions/kernel/staff/rights.ts';

/** An invented person of the staff. */
export interface StaffMember {
  /** The subject of the person's tokens. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** One invented person a role. */
export const staff: readonly StaffMember[] = [
  { id: 'staff_admin', name: 'Rowan', role: 'admin' },
  { id: 'staff_campaigns', name: 'Linden', role: 'campaigns' },
  { id: 'staff_finance', name: 'Hazel', role: 'finance' },
  { id: 'staff_families', name: 'Aspen', role: 'families' },
  { id: 'staff_door', name: 'Alder', role: 'door' },
];

/** The person of an id; undefined when there is none. */
export function staffMember(id: string | undefined): StaffMember | undefined {
  return staff.find((member) => member.id === id);
}
