/** What a person of the staff does; a group of the sign-in has its name. `admin` may do everything. */
export const roles = ['admin', 'campaigns', 'finance', 'families', 'door'] as const;

export type Role = (typeof roles)[number];

/** A person of the staff who signed in. */
export interface Actor {
  /** The token's subject; never a mail address. */
  readonly id: string;
  readonly roles: readonly Role[];
}

const ofTrustees = 'trustee ';

/** A trustee as who acted: no subject of a token holds a blank. */
export function trusteeActor(name: string): Actor {
  return { id: ofTrustees + name, roles: [] };
}

/** The name of the trustee who acted; undefined when it was a person of the staff. */
export function trusteeNamed(actorId: string): string | undefined {
  return actorId.startsWith(ofTrustees) ? actorId.slice(ofTrustees.length) : undefined;
}
