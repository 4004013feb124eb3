import { charity, type Trustee } from '#platform/charity.ts';
import type { WaitingStep } from './two-person-step.ts';

/** A trustee who was asked, by a link that is good once. */
export interface TrusteeLink {
  readonly id: string;
  /** Who was asked, by their name in the configuration. */
  readonly trustee: string;
  readonly step: { readonly kind: string; readonly id: string };
  /** What they were asked about, as it stood then. */
  readonly asked: Pick<WaitingStep, 'amount' | 'currency' | 'fund' | 'what'> & {
    /** By the name that people know them by. */
    readonly requester: string;
  };
  readonly askedAt: Date;
  readonly until: Date;
  /** Undefined while it is good. */
  readonly usedAt: Date | undefined;
}

/** How long a link is good. Milliseconds: a day. */
export const linkTime = 86_400_000;

/** Where a trustee's link leads, below the site's address. */
export const trusteeDoor = '/staff/approve/';

/** Thrown for a link that was sent and is not good any more: it was used, is late, or what it was about is decided. */
export class LinkOver extends Error {
  override readonly name = 'LinkOver';
}

/** Everybody who can be asked. */
export function allTrustees(): readonly Trustee[] {
  return charity.trustees ?? [];
}

/** Who has a name in the configuration; undefined for who is no trustee, or not any more. */
export function trusteeOf(name: string): Trustee | undefined {
  return allTrustees().find((trustee) => trustee.name === name);
}

/** Why a link is not good any more; undefined while it is. */
export function endOfLink({ usedAt, until }: TrusteeLink, now: Date): 'used' | 'late' | undefined {
  if (usedAt) return 'used';
  return now >= until ? 'late' : undefined;
}

/** A person of the staff, as far as it is known who they are. */
export interface KnownStaff {
  readonly name: string | undefined;
  /** Undefined where the people of the staff are kept elsewhere. */
  readonly email: string | undefined;
}

/** Whether a trustee is this very person: by the address, or by the name. */
export function isSamePerson(trustee: Trustee, { name, email }: KnownStaff): boolean {
  const same = (one: string, other: string | undefined) => one.toLowerCase() === other?.trim().toLowerCase();
  return same(trustee.email, email) || same(trustee.name, name);
}
