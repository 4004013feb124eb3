import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { sameValue } from '#platform/values.ts';
import { fromAttributes, type Item } from './table.ts';

/** A new or changed item of the stream, with the number that a partial failure names. */
export interface StreamedItem {
  readonly id: string;
  readonly item: Item;
}

/**
 * Reads a record of the table's stream.
 * @throws Error when the item is of another entity: the mapping's filter is then missing or wrong
 */
export function readRecord(record: DynamoDBRecord, entity: string): StreamedItem {
  const image = record.dynamodb?.NewImage as Record<string, AttributeValue> | undefined;
  const found = image?.entity?.S ?? 'none';
  if (!image || found !== entity) {
    throw new Error(
      `The stream mapping's filter let an item of entity "${found}" through; this function takes "${entity}" only.`,
    );
  }
  return { id: record.dynamodb?.SequenceNumber ?? '', item: fromAttributes(image) };
}

/** Whether a record is of a write that changed nothing: DynamoDB sends none, the embedded engine does (decision 0028). */
export function changesNothing({ dynamodb }: DynamoDBRecord): boolean {
  const { OldImage, NewImage } = (dynamodb ?? {}) as Partial<Record<string, Record<string, AttributeValue>>>;
  return !!OldImage && !!NewImage && sameValue(fromAttributes(OldImage), fromAttributes(NewImage));
}
