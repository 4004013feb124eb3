import { type Complaints, charity, type Language } from '#platform/charity.ts';
import { hongKongDay } from '#platform/clock.ts';

/** What a person complains of. */
export interface Complaint {
  readonly id: string;
  /** As it was written, in any language. */
  readonly text: string;
  /** How to reach who wrote it; undefined for one without a name. */
  readonly contact: string | undefined;
  /** Whom it is about: a line of the configuration. */
  readonly about: string | undefined;
  readonly language: Language;
  readonly receivedAt: Date;
  readonly answer: ComplaintAnswer | undefined;
}

/** What was answered, or done. */
export interface ComplaintAnswer {
  /** The subject of the reader's sign-in. */
  readonly by: string;
  readonly at: Date;
  readonly note: string;
}

type Configured = Complaints | undefined;

/** Whether a person is one of those who read complaints. */
export function isReader(subject: string, configured: Configured = charity.complaints): boolean {
  return configured?.readers.some((reader) => reader.subject === subject) === true;
}

/** Whether a person may read a complaint: a reader, and not one who is meant by it. */
export function mayRead(
  { about }: Pick<Complaint, 'about'>,
  subject: string,
  configured: Configured = charity.complaints,
): boolean {
  const meant = configured?.about.find(({ id }) => id === about);
  return isReader(subject, configured) && meant?.subjects.includes(subject) !== true;
}

const day = 86_400_000;
/** The text is kept for two years after it came. Milliseconds. */
export const lifetime = 731 * day;
const workingDays = 10;

/**
 * By when a complaint is answered: at the end of the tenth day in Hong Kong after the one on which it came, Saturdays and Sundays not
 * counted. Public holidays count.
 */
export function answerDueBy(receivedAt: Date): Date {
  let at = Date.parse(`${hongKongDay(receivedAt)}T23:59:00+08:00`);
  for (let left = workingDays; left > 0; ) {
    at += day;
    // Late in the evening in Hong Kong it is the same day in UTC.
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return new Date(at);
}
