import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { jitter } from './jitter.ts';

/** Another writer came between in every round; a later retry may succeed. */
export class OthersWereFaster extends Error {
  override readonly name = 'OthersWereFaster';
}

/** Rounds of reading, deciding and writing: with their jitter about six seconds. */
const mostRounds = 40;

/**
 * Does something again, with jitter, for as long as another writer comes between.
 *
 * @param round reads, decides and writes once; undefined when another writer came between
 * @param options.giveUp the error after the last round; by default `OthersWereFaster`
 * @throws whatever `round` throws, at once
 */
export async function retryOnConflict<Result>(
  round: () => Promise<Result | undefined>,
  { rounds = mostRounds, giveUp }: { readonly rounds?: number; readonly giveUp?: () => unknown } = {},
): Promise<Result> {
  for (let number = 1; ; number += 1) {
    const result = await round();
    if (result !== undefined) return result;
    if (number === rounds) throw giveUp?.() ?? new OthersWereFaster(`Others were faster ${rounds} times.`);
    await jitter(number);
  }
}

/**
 * What passes by itself of why a transaction was cancelled (TransactWriteItems, CancellationReasons) or a statement not carried out
 * (BatchStatementError); any other is final.
 */
const passing = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);
const mostSendings = 14;

/**
 * Sends a write again while another transaction holds one of its items, or the table is throttled.
 * @throws the last such error when that does not end, and any other error at once
 */
export function sendUntilFree<Answer extends object>(
  send: () => Promise<Answer>,
  { isPatient = false } = {},
): Promise<Answer> {
  let last: unknown;
  const round = async () => {
    try {
      return await send();
    } catch (error) {
      if (!passes(error)) throw error;
      last = error;
      return undefined;
    }
  };
  return retryOnConflict(round, { rounds: isPatient ? mostRounds : mostSendings, giveUp: () => last });
}

/** Whether an error of the table passes by itself: a conflict with a transaction, or throttling of one. */
export function passes(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).some(({ Code }) => isPassing(Code));
}

/** The same of the code of a cancellation's reason, or of a statement's error. */
export function isPassing(code: string | undefined): boolean {
  return passing.has(code ?? '');
}
