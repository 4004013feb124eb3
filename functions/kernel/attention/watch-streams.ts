import type { DynamoDBRecord } from 'aws-lambda';
import type { Context } from '#platform/context/context.ts';
import { errorFields, log } from '#platform/log.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, readItems, toItem } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { callPerson, resolveItself } from './call-person.ts';

/** The readers of the table's stream. */
const streamReaders = ['outbox-relay', 'projector'] as const;

type StreamReader = (typeof streamReaders)[number];

const minute = 60_000;
/** So long after it was sent a pulse is seen, or its reader is behind. */
const late = 15 * minute;
/** A pulse that nobody saw for so long is sent again: the stream forgets what it held while no one read it. */
const sentAgain = 60 * minute;

const called = (reader: StreamReader) => keys.attention('stream-behind', reader);

const sentAtOf = (item: Item | undefined) => (item ? read(item).date('sentAt').getTime() : undefined);

/**
 * Sees whether the readers of the stream keep up, whatever keeps them: a mapping that is gone says no more than one that is slow. It
 * sends a pulse through the stream, which each reader writes down, and calls a person when one is not seen in time.
 * @returns the readers that are behind
 */
export async function watchStreams({ table, now }: Pick<Context, 'table' | 'now'>): Promise<StreamReader[]> {
  const wanted = [keys.pulse(), ...streamReaders.flatMap((each) => [keys.pulseSeen(each), called(each)])];
  const found = await readItems(table, wanted);
  const sentAt = sentAtOf(found.itemAt(keys.pulse()));
  const age = sentAt === undefined ? undefined : now.getTime() - sentAt;
  const unseen = streamReaders.filter((reader) => {
    const seen = sentAtOf(found.itemAt(keys.pulseSeen(reader)));
    return sentAt !== undefined && (seen === undefined || seen < sentAt);
  });
  const behind = age !== undefined && age >= late ? unseen : [];
  for (const reader of behind) {
    const attention = { kind: 'stream-behind', id: reader, at: now } as const;
    await callPerson({ need: 'StreamIsBehind', attention }, { table, now });
  }
  const isDue = age === undefined || age >= (unseen.length === 0 ? late : sentAgain);
  for (const reader of streamReaders.filter((each) => !unseen.includes(each))) {
    const listed = found.itemAt(called(reader));
    if (listed && listed.settledAt === undefined) {
      await resolveItself({ kind: 'stream-behind', id: reader, note: 'It keeps up again.' }, { table, now });
    }
  }
  if (isDue) {
    await writeOne(table, { put: toItem(keys.pulse(), 'pulse', 1, { sentAt: now.toISOString() }) });
  }
  return behind;
}

/**
 * Writes down the pulse among a reader's records. That it could not be written stops no record: the sweep then sees none.
 * @returns the other records
 */
export async function takePulse(
  { reader, records }: { readonly reader: StreamReader; readonly records: readonly DynamoDBRecord[] },
  { table }: Pick<Context, 'table'>,
): Promise<DynamoDBRecord[]> {
  const isPulse = ({ dynamodb }: DynamoDBRecord) => dynamodb?.NewImage?.entity?.S === 'pulse';
  const sentAt = records.filter(isPulse).at(-1)?.dynamodb?.NewImage?.sentAt?.S;
  if (sentAt !== undefined) {
    try {
      await writeOne(table, { put: toItem(keys.pulseSeen(reader), 'pulse-seen', 1, { sentAt }) });
    } catch (error) {
      log('error', 'pulse-not-written', { reader, ...errorFields(error) });
    }
  }
  return records.filter((record) => !isPulse(record));
}
