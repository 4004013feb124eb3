import { hongKongMonth } from '#platform/clock.ts';
import { exportsPrefix } from '#platform/files/file-keys.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type Export, exportFailures, exportKinds } from './export.ts';

/** The file's key in the bucket: the same for each attempt, so that an export has one file however often it is written. */
export function exportFileKey(id: string): string {
  return `${exportsPrefix}${id}.csv`;
}

/** The item is in the list of the month in which the export was asked for. */
export function toExportItem(made: Export): Item {
  return toItem(keys.export(made.id), 'export', 1, {
    id: made.id,
    kind: made.kind,
    from: made.from,
    to: made.to,
    ...(made.campaign && { campaign: made.campaign }),
    people: made.people,
    askedBy: made.askedBy,
    askedAt: made.askedAt.toISOString(),
    state: made.state,
    attempts: made.attempts,
    list: lists.exports(hongKongMonth(made.askedAt)),
    listOrder: exportOrder(made),
  });
}

export function fromExportItem(item: Item): Export {
  const fields = read(item);
  const file = fields.maybeRecord('file');
  return {
    id: fields.text('id'),
    kind: fields.oneOf('kind', exportKinds),
    from: fields.text('from'),
    to: fields.text('to'),
    campaign: fields.maybeText('campaign'),
    people: fields.flag('people'),
    askedBy: fields.text('askedBy'),
    askedAt: fields.date('askedAt'),
    state: fields.oneOf('state', ['asked', 'running', 'done', 'failed']),
    attempts: fields.int('attempts'),
    runningUntil: fields.maybeDate('runningUntil'),
    reason: fields.maybeOneOf('reason', exportFailures),
    file: file && {
      rows: file.int('rows'),
      bytes: file.int('bytes'),
      sha256: file.text('sha256'),
      writtenAt: file.date('writtenAt'),
    },
  };
}

/** Sorts by the time of the request; two requests of one millisecond by their id. */
function exportOrder({ askedAt, id }: Pick<Export, 'askedAt' | 'id'>): string {
  return `${askedAt.toISOString()}#${id}`;
}
