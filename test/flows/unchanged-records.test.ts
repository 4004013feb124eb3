import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decidePayment } from '#payments/payment/payment.ts';
import { toPaymentItem } from '#payments/payment/payment-item.ts';
import { nobody } from '../support/local-stripe.ts';
import { paidCheckout } from '../support/paid-checkout.ts';

describe('the projector, with a table that answers nothing', () => {
  let handle: (records: DynamoDBRecord[]) => Promise<unknown>;
  beforeAll(async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    vi.stubEnv('TABLE_NAME', 'none');
    vi.stubEnv('AWS_REGION', 'ap-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', nobody);
    const { handler } = await import('../../functions/projector.ts');
    handle = (Records) => handler({ Records });
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const before = toPaymentItem(decidePayment(paidCheckout()).payment);
  const inAnotherOrder = Object.fromEntries(Object.entries(before).reverse());
  const record = (after: object): DynamoDBRecord => ({
    eventName: 'MODIFY',
    dynamodb: {
      SequenceNumber: '7',
      OldImage: marshall(before, { removeUndefinedValues: true }),
      NewImage: marshall(after, { removeUndefinedValues: true }),
    } as NonNullable<DynamoDBRecord['dynamodb']>,
  });

  it.each([
    ['the same', before],
    ['the same with its attributes in another order', inAnotherOrder],
  ])('neither reads nor writes for a gift that is %s after the write', async (_, after) => {
    expect(await handle([record(after)])).toEqual({ batchItemFailures: [] });
  });

  it('asks the table for one that has changed', async () => {
    const changed = { ...before, refunded: 100 };
    expect(await handle([record(changed)])).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
  });
});
