import { createHash, createHmac, randomBytes } from 'node:crypto';

/** The prefixes of our own ids. A payment's and an event's ids are Stripe's. */
const prefixes = {
  checkout: 'chk',
  auditEntry: 'aud',
  refundRequest: 'rfr',
  disbursement: 'dsb',
  export: 'exp',
} as const;

/** Makes keyed hashes, which tell nothing about what went in to anyone without the key. */
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

/** Whether a text has the shape of a checkout's id. */
export function isCheckoutId(text: string): boolean {
  return /^chk_[0-9a-f]{32}$/.test(text);
}

/** The id of what somebody of the staff asked for: it follows from the request's key, so the request is its own record, for ever. */
export function refundRequestId(actor: string, idempotencyKey: string): string {
  const digest = createHash('sha256').update(JSON.stringify(['refund', actor, idempotencyKey]));
  return `${prefixes.refundRequest}_${digest.digest('hex').slice(0, 32)}`;
}

/** Whether a text has the shape of a refund request's id. */
export function isRefundRequestId(text: string): boolean {
  return /^rfr_[0-9a-f]{32}$/.test(text);
}

/** A new id of an audit entry. */
export function auditId(): string {
  return `${prefixes.auditEntry}_${randomBytes(16).toString('hex')}`;
}

/** The id of what a person of the staff asked to be passed on, under one idempotency key: the same request is the same one. */
export function disbursementId(actorId: string, idempotencyKey: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([actorId, idempotencyKey]))
    .digest('hex');
  return `${prefixes.disbursement}_${digest.slice(0, 32)}`;
}

/** Whether a text has the shape of a disbursement's id: it becomes part of a key. */
export function isDisbursementId(text: string): boolean {
  return /^dsb_[0-9a-f]{32}$/.test(text);
}

/** The id of an export that a person of the staff asked for, under one idempotency key. */
export function exportId(actorId: string, idempotencyKey: string): string {
  const digest = createHash('sha256').update(JSON.stringify(['export', actorId, idempotencyKey]));
  return `${prefixes.export}_${digest.digest('hex').slice(0, 32)}`;
}

/** Whether a text has the shape of an export's id: it becomes part of a key. */
export function isExportId(text: string): boolean {
  return /^exp_[0-9a-f]{32}$/.test(text);
}

/** A whole number in [0, shards) that stays the same for the same text. */
export function shardOf(text: string, shards: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE() % shards;
}

/** A digest of a request's body, to tell a repeated request from another one under the same key. */
export function bodyDigest(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('base64url');
}
