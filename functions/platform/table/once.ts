import { Problem } from '#platform/errors.ts';
import { bodyDigest } from '#platform/ids.ts';
import { type Change, isNew } from './commit.ts';
import { keys } from './keys.ts';
import { read } from './read-item.ts';
import { retryOnConflict } from './retry-on-conflict.ts';
import { readItems, type Table, toItem } from './table.ts';
import { ended, hasEnded, timeToLive } from './time-to-live.ts';

/** A request that is to have its effect once, however often it is sent. */
export interface KeyedRequest {
  /** Who sends it, by the sign-in. */
  readonly caller: string;
  /** What it is sent to, with the ids in its path: the same key elsewhere is another request. */
  readonly route: string;
  /** Its Idempotency-Key. */
  readonly key: string;
  /** What it says, as it was read: values that JSON can hold. */
  readonly body: unknown;
}

/** How a request has its effect. */
export interface Effect<Answer> {
  /**
   * Reads, decides and commits, once.
   * @param record gives the change that goes into the same commit, by the id under which `answer` finds what was done
   * @returns undefined when something came between, so that it has to be read and decided anew
   */
  readonly attempt: (record: (answerId: string) => Change) => Promise<Answer | undefined>;
  /** The answer of a request that had its effect before, as that stands now. */
  readonly answer: (answerId: string) => Promise<Answer>;
}

/** Ten years: longer than books have to be kept in Hong Kong (seven), so for the staff it is for ever. Milliseconds. */
const remembered = 3653 * 86_400_000;

/**
 * Lets a request have its effect once: the item that says so is written by the effect's own transaction. The same request again, or
 * at the same moment, has no effect and is given the answer of the first, also when it would be refused by now.
 *
 * @throws Problem `idempotency-key-reused` for another body under the key; whatever `attempt` and `answer` throw
 */
export function once<Answer>(
  ctx: { readonly table: Table; readonly now: Date },
  request: KeyedRequest,
  { attempt, answer }: Effect<Answer>,
): Promise<Answer> {
  const record = (answerId: string) => toRecord(request, answerId, ctx.now);
  return retryOnConflict(async () => {
    const before = await answerIdOf(request, ctx);
    if (before !== undefined) return answer(before);
    try {
      return await attempt(record);
    } catch (error) {
      // The same request may have been faster, and this one was then refused because of its effect.
      const meanwhile = error instanceof Problem ? await answerIdOf(request, ctx) : undefined;
      if (meanwhile === undefined) throw error;
      return answer(meanwhile);
    }
  });
}

function toRecord(request: KeyedRequest, answerId: string, now: Date): Change {
  const { caller, route, body } = request;
  const over = ended(now);
  return {
    put: toItem(keys.once(caller, digestOfKey(request)), 'once', 1, {
      route,
      bodyDigest: bodyDigest(body),
      answerId,
      at: now.toISOString(),
      ...timeToLive('once', new Date(now.getTime() + remembered)),
    }),
    condition: { ...over, expression: `${isNew.expression} OR ${over.expression}` },
  };
}

async function answerIdOf(
  request: KeyedRequest,
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<string | undefined> {
  const key = keys.once(request.caller, digestOfKey(request));
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  if (!item || hasEnded(item, now)) return undefined;
  const record = read(item);
  if (record.text('bodyDigest') !== bodyDigest(request.body)) {
    throw new Problem('idempotency-key-reused', 'This Idempotency-Key was used with another body.');
  }
  return record.text('answerId');
}

/** A caller's key may hold anything, also a person's name, at any length: the table holds a digest of it. */
function digestOfKey({ route, key }: KeyedRequest): string {
  return bodyDigest([route, key]);
}
