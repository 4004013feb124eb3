/** What a person of the staff does; a group of the sign-in has its name. `admin` may do everything. */
export const roles = ['admin', 'campaigns', 'finance', 'families', 'door'] as const;

export type Role = (typeof roles)[number];

/** A person of the staff who signed in. */
export interface Actor {
  /** The token's subject; never a mail address. */
  readonly id: string;
  readonly roles: readonly Role[];
}
