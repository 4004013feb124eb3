import { ApiError, invalidRequest } from './errors.ts';

/** An answer that is kept under an idempotency key. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

interface Entry {
  readonly path: string;
  readonly parameters: string;
  readonly answer: StoredAnswer;
  readonly until: number;
}

const lifetime = 24 * 3600;

/**
 * First answers by idempotency key. A repeated key gets the first answer; with another path or other parameters it is
 * an error. Refused requests are not kept, so that a corrected one may use the same key.
 */
export class IdempotencyKeys {
  readonly #entries = new Map<string, Entry>();
  readonly #inUse = new Set<string>();
  readonly #now: () => number;

  /** @param now Unix seconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Takes a key for a request that begins.
   *
   * @throws ApiError 409 when another request has it at the moment
   */
  begin(key: string): void {
    if (key === '' || key.length > 255) {
      throw invalidRequest('Idempotency keys must have 1 to 255 characters.');
    }
    if (this.#inUse.has(key)) {
      throw new ApiError(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Try again later.`,
      });
    }
    this.#inUse.add(key);
  }

  /** Releases a key when its request has ended. */
  end(key: string): void {
    this.#inUse.delete(key);
  }

  /** The kept answer, if the key was used before in the last 24 hours. */
  replay(key: string, path: string, parameters: string): StoredAnswer | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.until <= this.#now()) return undefined;
    if (entry.path !== path) {
      throw keyReused(
        `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${path}' vs '${entry.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    }
    if (entry.parameters !== parameters) {
      throw keyReused(
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    }
    return entry.answer;
  }

  /** Keeps an answer, unless the request was refused before anything was done. */
  keep(key: string, path: string, parameters: string, answer: StoredAnswer): void {
    const wasRefused = answer.status >= 400 && answer.status !== 402;
    if (wasRefused) return;
    this.#entries.set(key, { path, parameters, answer, until: this.#now() + lifetime });
  }
}

function keyReused(message: string): ApiError {
  return new ApiError(400, { type: 'idempotency_error', message });
}
