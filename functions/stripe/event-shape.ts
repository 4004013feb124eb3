/** A signed event that cannot be taken as it is, however often it comes. */
export class UnusableEvent extends Error {
  override readonly name = 'UnusableEvent';
  readonly field: string;
  readonly eventId: string | undefined;

  /**
   * @param field what is missing or wrong, as a path from the event: `data.object.currency`; `body` when that is no JSON
   * @param eventId the event, when it names itself
   */
  constructor(field: string, eventId?: string) {
    super(`The signature matches, but this is no event that can be taken: ${field} is missing or wrong.`);
    this.field = field;
    this.eventId = eventId;
  }
}

/**
 * Finds what keeps a signed body from being an event of Stripe's (docs.stripe.com/api/events/object).
 * @returns the first field that is missing or of another kind; undefined when the body has the shape of an event
 */
export function wrongField(body: unknown): string | undefined {
  if (!isRecord(body)) return 'body';
  if (typeof body.id !== 'string' || body.id === '') return 'id';
  if (typeof body.type !== 'string') return 'type';
  if (typeof body.livemode !== 'boolean') return 'livemode';
  if (!Number.isSafeInteger(body.created)) return 'created';
  if (!isRecord(body.data)) return 'data';
  return isRecord(body.data.object) ? undefined : 'data.object';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
