import { clocksDiffer } from '#platform/clock.ts';
import { count } from '#platform/log.ts';

/** A signed event that cannot be taken as it is, however often it comes. */
export class UnusableEvent extends Error {
  override readonly name = 'UnusableEvent';
  readonly field: string;
  readonly eventId: string | undefined;

  /**
   * @param field what is missing or wrong, as a path from the event: `data.object.currency`; `body` when that is no JSON object
   * @param eventId the event, when it names itself
   */
  constructor(field: string, eventId?: string) {
    super(`The signature matches, but this is no event that can be taken: ${field} is missing or wrong.`);
    this.field = field;
    this.eventId = eventId;
  }
}

/** Counts an event that cannot be taken, which rings an alarm: only Stripe can sign one, so that money may be behind it. */
export function countUnusable({ field, eventId }: UnusableEvent, type?: string): void {
  count('EventUnusable', { field, eventId, type });
}

/**
 * What a value has to be at the present moment. Answers the path, from the value on, of what is missing or wrong: empty when it
 * is the value itself; undefined when nothing is.
 */
export type Shape = (value: unknown, now: Date) => string | undefined;

const value = (isRight: (value: unknown, now: Date) => boolean): Shape => {
  return (given, now) => (isRight(given, now) ? undefined : '');
};

/** An object with these fields, and any others. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(fields);
  return (given, now) => {
    if (!isRecord(given)) return '';
    for (const [name, shape] of entries) {
      const wrong = shape(Object.hasOwn(given, name) ? given[name] : undefined, now);
      if (wrong !== undefined) return wrong === '' ? name : `${name}.${wrong}`;
    }
    return undefined;
  };
}

/** A value that may be missing or null. */
export function optional(shape: Shape): Shape {
  return (given, now) => (given === undefined || given === null ? undefined : shape(given, now));
}

/** An id of Stripe's, which becomes part of keys: a prefix, at most 255 characters, none of which parts a key. */
export const id = value(isId);

/** The object that an id names, or the id alone: Stripe gives either (docs.stripe.com/api/expanding_objects). */
export const reference: Shape = (given, now) =>
  isRecord(given) ? (isId(given.id) ? undefined : 'id') : id(given, now);

/** A short text, such as a status or a kind: any, because Stripe adds to its lists. */
export const word = value((given) => isText(given) && given.length <= 255);

/** A code of three letters (ISO 4217). */
export const currency = value((given) => typeof given === 'string' && /^[a-z]{3}$/i.test(given));

/** No amount of Stripe's has more than twelve digits, in the smallest unit of any currency. */
const largestAmount = 999_999_999_999;

/** An amount in the smallest unit, from `least` on. */
export function amount(least: number): Shape {
  return value(
    (given) =>
      Number.isSafeInteger(given) && (given as number) >= least && (given as number) <= largestAmount,
  );
}

const day = 86_400_000;

/**
 * Stripe reports nothing so late: it keeps an event for 30 days and delivers it for three (docs.stripe.com/api/events), and a refund
 * or a payout changes for some months at most. An older date would open months in which there were no books yet.
 */
const reportedWithin = 400 * day;

/** A payout is with its bank within some weeks. */
const arrivesWithin = 90 * day;

const within = (given: unknown, now: Date, ahead: number) =>
  Number.isSafeInteger(given) &&
  (given as number) * 1000 >= now.getTime() - reportedWithin &&
  (given as number) * 1000 <= now.getTime() + ahead;

/**
 * When something happened, in seconds since 1970; it becomes the time of what is booked. Not after our clock by more than two
 * clocks differ: it would be booked in a month that the books do not reach yet.
 */
export const moment = value((given, now) => within(given, now, clocksDiffer));

/** When a payout arrives or did, in seconds since 1970. */
export const arrival = value((given, now) => within(given, now, arrivesWithin));

/** Metadata: texts by name. */
export const metadata = optional((given) => {
  if (!isRecord(given)) return '';
  return Object.keys(given).find((name) => !isText(given[name]));
});

/** What every event has (docs.stripe.com/api/events/object). */
const envelope = object({
  id,
  object: value((given) => given === 'event'),
  type: word,
  livemode: value((given) => typeof given === 'boolean'),
  created: moment,
  api_version: optional(word),
  data: object({ object: object({}) }),
});

/**
 * Finds what keeps a signed body from being an event of Stripe's.
 * @param about what the object has to be that the event is about, by the event's type
 * @param now the present moment, which its times are compared with
 * @returns the path of the first field that is missing or wrong; undefined when the event can be taken
 */
export function wrongField(
  body: Readonly<Record<string, unknown>>,
  about: Shape,
  now: Date,
): string | undefined {
  const wrong = envelope(body, now);
  if (wrong !== undefined) return wrong;
  const inside = about((body.data as { readonly object: unknown }).object, now);
  return inside === undefined ? undefined : inside === '' ? 'data.object' : `data.object.${inside}`;
}

/** Whether a value is an object with names, and no list. */
export function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

/** Whether a value is text that can be stored: JSON may hold half of a pair of UTF-16, which no table takes. */
function isText(given: unknown): given is string {
  return typeof given === 'string' && given.isWellFormed();
}

/** Whether a value has the shape of an id of Stripe's. */
export function isId(given: unknown): given is string {
  return typeof given === 'string' && given.length <= 255 && /^[a-z]{2,12}_[\w.-]+$/.test(given);
}
