import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import { keepSupporters } from '#giving/supporters/keep-supporters.ts';
import { takePulse } from '#kernel/attention/watch-streams.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { variable } from '#platform/config.ts';
import { errorFields, log } from '#platform/log.ts';
import { changesNothing, readRecord } from '#platform/table/stream.ts';
import { openTable } from '#platform/table/table.ts';

const table = openTable(variable('TABLE_NAME'));

/** A gift from the stream, and whether it existed before. */
interface StreamedGift {
  readonly id: string;
  readonly gift: Payment;
  readonly changed: boolean;
}

/** Lambda `projector`: brings new gifts from the stream into their campaign's newest gifts; a changed gift has them rebuilt. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const failed: string[] = [];
  const records = await takePulse({ reader: 'projector', records: event.Records }, { table });
  const changes = records.filter((record) => !changesNothing(record));
  const streamed = changes.flatMap((record): StreamedGift[] => {
    const { id, item } = readRecord(record, 'payment');
    try {
      return [{ id, gift: fromPaymentItem(item), changed: record.eventName === 'MODIFY' }];
    } catch (error) {
      log('error', 'projection-failed', { gift: item.pk, ...errorFields(error) });
      failed.push(id);
      return [];
    }
  });
  for (const slug of new Set(streamed.map(({ gift }) => gift.fund))) {
    const ofCampaign = streamed.filter(({ gift }) => gift.fund === slug);
    try {
      await projectCampaign(slug, ofCampaign);
    } catch (error) {
      log('error', 'projection-failed', { campaign: slug, ...errorFields(error) });
      failed.push(...ofCampaign.map(({ id }) => id));
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function projectCampaign(slug: string, streamed: readonly StreamedGift[]): Promise<void> {
  const fresh = streamed.filter(({ changed }) => !changed).map(({ gift }) => gift);
  if (fresh.length > 0) await projectPayments({ slug, gifts: fresh }, { table });
  const changed = streamed.filter((each) => each.changed).map(({ gift }) => gift);
  if (changed.length === 0) return;
  await keepSupporters(changed, undefined, { table });
  await rebuildLatestGifts(slug, { table, now: new Date() });
}
