import { createHash } from 'node:crypto';
import { ResendError } from './errors.ts';

interface Remembered {
  readonly fingerprint: string;
  readonly expiresAt: number;
  /** What was answered; undefined while the first request is still running. */
  answer?: unknown;
}

/** Resend forgets a key 24 hours after its first use. */
const lifetime = 24 * 60 * 60 * 1000;

/** What Resend does with the `Idempotency-Key` header: the same request again gets the same answer, and sends nothing. */
export class IdempotencyKeys {
  private readonly remembered = new Map<string, Remembered>();
  private readonly now: () => number;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.now = now;
  }

  /**
   * Runs a request once a key. A refused request leaves the key free, because nothing was sent.
   *
   * @param key the header's value; undefined runs the request without remembering it
   * @param request what makes two requests the same: path and body
   * @param run sends, and gives the answer
   * @throws ResendError invalid_idempotency_key, invalid_idempotent_request, concurrent_idempotent_requests,
   *   or whatever `run` throws
   */
  async once<Answer>(key: string | undefined, request: string, run: () => Promise<Answer>): Promise<Answer> {
    if (key === undefined) return run();
    if (key.length < 1 || key.length > 256) {
      throw new ResendError(
        'invalid_idempotency_key',
        'Idempotency keys, if present, must have between 1 and 256 characters.',
      );
    }
    const fingerprint = createHash('sha256').update(request).digest('hex');
    const earlier = this.remembered.get(key);
    if (earlier && earlier.expiresAt > this.now()) return replay(earlier, fingerprint) as Answer;
    const entry: Remembered = { fingerprint, expiresAt: this.now() + lifetime };
    this.remembered.set(key, entry);
    try {
      const answer = await run();
      entry.answer = answer;
      return answer;
    } catch (error) {
      this.remembered.delete(key);
      throw error;
    }
  }
}

function replay(earlier: Remembered, fingerprint: string): unknown {
  if (earlier.fingerprint !== fingerprint) {
    throw new ResendError(
      'invalid_idempotent_request',
      "This idempotency key has been used with this HTTP method and endpoint within the last 24 hours, but the request body was modified and doesn't match the original request.",
    );
  }
  if (earlier.answer === undefined) {
    throw new ResendError(
      'concurrent_idempotent_requests',
      'There is another request in progress with the same idempotency key.',
    );
  }
  return earlier.answer;
}
