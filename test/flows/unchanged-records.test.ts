import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, vi } from 'vitest';
import { decidePayment } from '#payments/payment/payment.ts';
import { toPaymentItem } from '#payments/payment/payment-item.ts';
import { nobody } from '../support/local-stripe.ts';
import { paidCheckout } from '../support/paid-checkout.ts';
import { story } from '../support/story.ts';

const it = story.extend('handle', { scope: 'file' }, async ({}, { onCleanup }) => {
  vi.stubEnv('TABLE_NAME', 'none');
  vi.stubEnv('AWS_REGION', 'ap-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', nobody);
  onCleanup(() => {
    vi.unstubAllEnvs();
  });
  const { handler } = await import('../../functions/projector.ts');
  return (Records: DynamoDBRecord[]): Promise<unknown> => handler({ Records });
});

describe('the projector, with a table that answers nothing', () => {
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

  it.for<[string, object]>([
    ['the same', before],
    ['the same with its attributes in another order', inAnotherOrder],
  ])('neither reads nor writes for a gift that is %s after the write', async ([_, after], { handle }) => {
    expect(await handle([record(after)])).toEqual({ batchItemFailures: [] });
  });

  it('asks the table for one that has changed', async ({ log: _, handle }) => {
    const changed = { ...before, refunded: 100 };
    expect(await handle([record(changed)])).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
  });
});
