import { recentHours } from '#platform/clock.ts';
import type { Actor } from './actor.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A person of the staff who is signed in at the desk with one browser. */
export interface Session {
  /** Follows from the secret in the browser's cookie, and does not give it. */
  readonly id: string;
  readonly actor: Actor;
  /** As the issuer calls the person. */
  readonly name: string;
  /** What every form of this session carries. */
  readonly csrf: string;
  readonly createdAt: Date;
  /** The last page that was asked for, to the minute. */
  readonly seenAt: Date;
  /** When the issuer last said which roles the person has. */
  readonly renewedAt: Date;
}

/** How long a session is good for without a page being asked for, and at most. Milliseconds. */
export const sessionLimits = { idle: 30 * minute, whole: 8 * hour } as const;

/** How old the issuer's word about the roles may be when a page is shown. Milliseconds. */
const rolesGoodFor = hour;

/** How exactly it is kept when a page was last asked for: a write a minute, not a write a page. Milliseconds. */
const seenTo = minute;

/** When a session ends at the latest. */
export function endOfSession({ createdAt }: Pick<Session, 'createdAt'>): Date {
  return new Date(createdAt.getTime() + sessionLimits.whole);
}

/** The hours in which a session that is good now may have begun. */
export function hoursOfSessions(now: Date): string[] {
  return recentHours(now, sessionLimits.whole / hour);
}

/** Whether a session has ended, by idleness or by its age. */
export function hasSessionEnded(session: Session, now: Date): boolean {
  return now >= endOfSession(session) || now.getTime() - session.seenAt.getTime() >= sessionLimits.idle;
}

/** Whether the issuer has to be asked for the roles again before another page is shown. */
export function isRenewalDue({ renewedAt }: Session, now: Date): boolean {
  return now.getTime() - renewedAt.getTime() >= rolesGoodFor;
}

/** Whether it is worth a write that a page was asked for. */
export function isNewlySeen({ seenAt }: Session, now: Date): boolean {
  return now.getTime() - seenAt.getTime() >= seenTo;
}
