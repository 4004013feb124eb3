import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { fromGiftItem } from './gifts/gift-item.ts';
import { projectGifts } from './gifts/project-gifts.ts';
import { variable } from './platform/config.ts';
import { errorFields, log } from './platform/log.ts';
import { readRecord } from './table/stream.ts';
import { openTable } from './table/table.ts';

const table = openTable(variable('TABLE_NAME'));

/** Lambda `projector`: gifts of the stream come into their campaign's newest gifts. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const gifts = event.Records.map((record) => {
    const { id, item } = readRecord(record, 'gift');
    return { id, gift: fromGiftItem(item) };
  });
  const failed: string[] = [];
  for (const slug of new Set(gifts.map(({ gift }) => gift.campaign))) {
    const ofCampaign = gifts.filter(({ gift }) => gift.campaign === slug);
    try {
      await projectGifts(
        table,
        slug,
        ofCampaign.map(({ gift }) => gift),
      );
    } catch (error) {
      log('error', 'projection-failed', { campaign: slug, ...errorFields(error) });
      failed.push(...ofCampaign.map(({ id }) => id));
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
