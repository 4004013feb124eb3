import { createHash, createHmac, randomBytes } from 'node:crypto';

/** The prefixes of our own ids. A payment's and an event's ids are Stripe's. */
const prefixes = {
  checkout: 'chk',
  donor: 'dnr',
  auditEntry: 'aud',
  staffEntry: 'led',
  refundRequest: 'rfr',
  disbursement: 'dsb',
  export: 'exp',
  enteredPayment: 'pay',
  complaint: 'cmp',
  exportRun: 'run',
  form: 'frm',
  personRequest: 'prq',
  upload: 'upl',
  session: 'ses',
  trusteeLink: 'trl',
} as const;

/** Makes keyed hashes: without the key they reveal nothing about the input. */
export class KeyedHash {
  readonly #key: string;

  /** @param key a secret of at least 32 characters */
  constructor(key: string) {
    if (key.length < 32) throw new Error('The hash key is too short: it needs at least 32 characters.');
    this.#key = key;
  }

  /**
   * The first 128 bits of HMAC-SHA256 over the parts, as 32 hexadecimal digits.
   * @param purpose keeps hashes of the same text for different uses apart
   */
  of(purpose: string, ...parts: readonly string[]): string {
    const hmac = createHmac('sha256', this.#key);
    hmac.update(JSON.stringify([purpose, ...parts]));
    return hmac.digest('hex').slice(0, 32);
  }
}

/**
 * The id of the checkout that a request makes. It follows from the request's idempotency key, so the checkout itself is the
 * record that the request was made once; keyed, so it stays a 128-bit secret that a caller cannot work out.
 */
export function checkoutId(hash: KeyedHash, route: string, caller: string, idempotencyKey: string): string {
  return `${prefixes.checkout}_${hash.of('checkout', route, caller, idempotencyKey)}`;
}

/** The id of the complaint that a form makes: it follows from the form's key, so that a form that is sent twice makes one. */
export function complaintId(hash: KeyedHash, formKey: string): string {
  return `${prefixes.complaint}_${hash.of('complaint', formKey)}`;
}

/** A new id, of 128 random bits. A checkout's follows from its request instead, a session's from its secret. */
export function newId(
  of: Exclude<keyof typeof prefixes, 'checkout' | 'complaint' | 'enteredPayment' | 'session'>,
): string {
  return `${prefixes[of]}_${randomBytes(16).toString('hex')}`;
}

/** The secret in the address that a trustee is sent: it follows from the link's id, so that nothing has to keep it. */
export function trusteeToken(hash: KeyedHash, linkId: string): string {
  return hash.of('trustee-link', linkId);
}

/** A digest of a secret, by which what it opens is found. It does not give the secret. */
export function secretDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 32);
}

/** A new secret, of 256 random bits, as base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The id of the session that a browser's secret opens. It does not give the secret. */
export function sessionId(secret: string): string {
  return `${prefixes.session}_${createHash('sha256').update(secret).digest('hex').slice(0, 32)}`;
}

/**
 * The ids of a payment that came outside Stripe, and of what its person stands under. They follow from what makes it the same money,
 * so that it is entered once.
 */
export function enteredPaymentIds(same: readonly (string | number)[]): {
  readonly id: string;
  readonly checkoutId: string;
} {
  const digest = createHash('sha256').update(JSON.stringify(same)).digest('hex').slice(0, 32);
  return { id: `${prefixes.enteredPayment}_${digest}`, checkoutId: `${prefixes.checkout}_${digest}` };
}

/** The payment that came outside Stripe and whose person stands under this id. */
export function enteredPaymentOf(checkoutId: string): string {
  return checkoutId.replace(prefixes.checkout, prefixes.enteredPayment);
}

/** A whole number in [0, shards) that stays the same for the same text. */
export function shardOf(text: string, shards: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE() % shards;
}

/** A digest of a request's body: shows whether a request under the same key is a repetition. */
export function bodyDigest(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('base64url');
}
