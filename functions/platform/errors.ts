/** One wrong field of a request. */
export interface FieldError {
  /** JSON pointer to the field (RFC 6901), for example `/email`; the header's name for a header. */
  readonly pointer: string;
  /** What would be right. */
  readonly detail: string;
}

/** The closed list of what can be wrong with a request, with its HTTP status and title. */
export const problems = {
  'not-json': [400, 'The body is not JSON'],
  'idempotency-key-missing': [400, 'The Idempotency-Key header is missing'],
  'idempotency-key-reused': [422, 'The Idempotency-Key was used for another request'],
  invalid: [422, 'Some fields are not right'],
  'not-offered': [422, 'Not offered yet'],
  'body-too-large': [413, 'The body is too large'],
  'media-type': [415, 'The body has another type than JSON'],
  unauthorized: [401, 'Not signed in'],
  forbidden: [403, 'Not allowed'],
  'precondition-required': [428, 'If-Match is missing'],
  'precondition-failed': [412, 'It was changed in the meantime'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'The method is not allowed here'],
  'month-closed': [409, 'The books of this month are closed'],
  'month-not-over': [409, 'The month cannot be closed yet'],
  'months-in-order': [409, 'Another month is closed first'],
  'month-not-settled': [409, 'The month has open items'],
  'not-in-fund': [409, 'The fund does not hold so much'],
  'not-in-account': [409, 'The account does not hold so much'],
  'already-opened': [409, 'The account has its opening balance'],
  'payout-settled': [409, 'There is nothing to accept'],
  'difference-settled': [409, 'The difference is gone'],
  'no-words': [409, 'There is no comment or name to decide on'],
  'already-entered': [409, 'It was entered before'],
  'entry-booked': [409, 'It is booked already'],
  'refund-above-left': [409, 'More than the refundable amount'],
  'gift-disputed': [409, 'The gift is disputed'],
  'refund-too-late': [409, 'The time for refunds is over'],
  'refund-refused': [409, 'Stripe does not make this refund'],
  'opening-not-done': [409, 'Something is still to be done'],
  'second-person': [409, 'Another person has to do this'],
  'staff-elsewhere': [409, 'People of the staff are kept elsewhere'],
  'staff-known': [409, 'This person is in the list already'],
  'last-admin': [409, 'The desk needs an admin'],
  'passed-on-state': [409, 'It is not at that step'],
  'campaign-closed': [409, 'The campaign takes no gifts now'],
  'promise-received': [409, 'The money of the promise has come'],
  'request-ended': [409, 'The request was ended before'],
  'person-erased': [409, 'The person’s data was erased'],
  'erasure-stopped': [409, 'Something is under way that needs the person'],
  'gift-not-held': [409, 'The gift is not under review'],
  'mail-not-stopped': [409, 'The mail is not stopped'],
  'mail-sent-often': [409, 'The mail was sent often enough'],
  'mail-without-reader': [409, 'Nobody is to be written to'],
  'checkout-in-progress': [409, 'The same request is being worked on'],
  again: [409, 'The same gift was given a few minutes ago'],
  'checkout-over': [409, 'The checkout is over'],
  'too-many-checkouts': [429, 'Too many checkouts'],
  'minimum-raised': [429, 'Only larger gifts for a while'],
  'payments-unavailable': [503, 'Payments cannot be started right now'],
  internal: [500, 'Something went wrong'],
} as const satisfies Record<string, readonly [number, string]>;

/** The name of a problem; clients may decide by it. */
export type ProblemCode = keyof typeof problems;

/**
 * A request that cannot be carried out, with everything the caller may know about it (RFC 9457). Its message goes out; the
 * message of any other error never does.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  /** Seconds after which a retry can help; none when it cannot. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: readonly FieldError[]; retryAfter?: number } = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = more.errors ?? [];
    this.retryAfter = more.retryAfter;
  }

  get status(): (typeof problems)[ProblemCode][0] {
    return problems[this.code][0];
  }

  /** The answer's body and headers, `application/problem+json` (RFC 9457, section 3). */
  toResponse(): Response {
    const body = {
      type: `urn:tideover:problem:${this.code}`,
      title: problems[this.code][1],
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(this.errors.length > 0 && { errors: [...this.errors] }),
    };
    const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
    if (this.retryAfter !== undefined) headers.set('retry-after', String(this.retryAfter));
    return new Response(JSON.stringify(body), { status: this.status, headers });
  }
}

/**
 * Thrown for a key that DynamoDB cannot take. It is our own mistake unless a text of the caller's makes it so; its message, which holds
 * the key, never goes out.
 */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
  readonly #key: string;
  readonly #isUsable: (key: string) => boolean;

  /** @param isUsable whether another key at the same place could be taken */
  constructor(key: string, isUsable: (key: string) => boolean) {
    super(
      `A key of ${Buffer.byteLength(key)} bytes is empty, too long or not well-formed: ${key.slice(0, 40)}`,
    );
    this.#key = key;
    this.#isUsable = isUsable;
  }

  /** Whether the key could be taken but for this text in it. */
  isFaultOf(text: string): boolean {
    return text !== '' && this.#key.includes(text) && this.#isUsable(this.#key.replaceAll(text, '-'));
  }
}

/** Thrown for a stored item that is not as it was written. Its texts name entity, key and field, never what stands there. */
export class CorruptItem extends Error {
  override readonly name = 'CorruptItem';
  readonly entity: string;
  /** Which item: its entity and its partition key. */
  readonly subject: string;
  /** Which of its fields, and what that should be. */
  readonly fault: string;

  /** @param kind what the field should be: `a whole number` */
  constructor(
    { pk, sk, entity }: { readonly pk: string; readonly sk: string; readonly entity?: unknown },
    field: string,
    kind: string,
  ) {
    const fault = `is corrupt: its field "${field}" is not ${kind}`;
    super(`The item "${String(entity)}" at ${pk} ${sk} ${fault}.`);
    this.entity = String(entity);
    this.subject = `${String(entity)} ${pk}`;
    this.fault = fault;
  }
}

/** Thrown when a required environment variable or parameter is missing. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
