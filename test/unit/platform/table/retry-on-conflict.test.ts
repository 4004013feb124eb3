import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { OthersWereFaster, retryOnConflict, sendUntilFree } from '#platform/table/retry-on-conflict.ts';

describe('retryOnConflict', () => {
  it('answers what the first round without another writer made', async () => {
    let rounds = 0;
    const made = await retryOnConflict(async () => {
      rounds += 1;
      return rounds === 3 ? 'written' : undefined;
    });
    expect([made, rounds]).toEqual(['written', 3]);
  });

  it('takes false, nought and an empty text for answers', async () => {
    for (const answer of [false, 0, '', null]) expect(await retryOnConflict(async () => answer)).toBe(answer);
  });

  it('gives up after its rounds', async () => {
    let rounds = 0;
    const never = async () => {
      rounds += 1;
      return undefined;
    };
    await expect(retryOnConflict(never, { rounds: 3 })).rejects.toThrow(OthersWereFaster);
    expect(rounds).toBe(3);
    const giveUp = () => new RangeError('too late');
    await expect(retryOnConflict(never, { rounds: 1, giveUp })).rejects.toThrow(RangeError);
  });

  it('hands an error on at once', async () => {
    let rounds = 0;
    const fails = async () => {
      rounds += 1;
      throw new TypeError('no');
    };
    await expect(retryOnConflict(fails)).rejects.toThrow(TypeError);
    expect(rounds).toBe(1);
  });
});

const about = { $metadata: {}, message: 'no' };

/** An error of a transaction, by the reasons of its items. */
function cancelled(...codes: string[]): Error {
  return new TransactionCanceledException({ ...about, CancellationReasons: codes.map((Code) => ({ Code })) });
}

/** Fails with these errors, one after the other, and then sends. */
function failing(...errors: Error[]) {
  const left = [...errors];
  return {
    left,
    send: async () => {
      const error = left.shift();
      if (error) throw error;
      return { sent: true };
    },
  };
}

describe('sendUntilFree', () => {
  it('sends again while another transaction is in the way', async () => {
    const { send } = failing(
      new TransactionConflictException(about),
      cancelled('None', 'TransactionConflict'),
      cancelled('ConditionalCheckFailed', 'ThrottlingError'),
    );
    expect(await sendUntilFree(send)).toEqual({ sent: true });
  });

  it.each([cancelled('ConditionalCheckFailed'), cancelled('None', 'ValidationError'), new TypeError('no')])(
    'sends once for %o',
    async (error) => {
      const { send, left } = failing(error, new RangeError('sent again'));
      await expect(sendUntilFree(send)).rejects.toBe(error);
      expect(left).toHaveLength(1);
    },
  );

  it('throws the last error when the way does not become free', async () => {
    const errors = Array.from({ length: 14 }, () => cancelled('TransactionConflict'));
    const { send, left } = failing(...errors, new TypeError('sent once more'));
    await expect(sendUntilFree(send)).rejects.toBe(errors.at(-1));
    expect(left).toHaveLength(1);
  });
});
