import { hongKongMonth } from '#platform/clock.ts';
import { exportsPrefix } from '#platform/files/file-keys.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Export, ExportFailure, ExportFile, ExportKind } from './export.ts';

/** Where an export's file lies: the same for each attempt, so that an export has one file however often it is written. */
export function exportFileKey(id: string): string {
  return `${exportsPrefix}${id}.csv`;
}

/** The item of an export that was asked for; it stands in the list of its month. */
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

/** Reads an export's item. */
export function fromExportItem(item: Item): Export {
  const file = item.file as (Omit<ExportFile, 'writtenAt'> & { readonly writtenAt: string }) | undefined;
  return {
    id: item.id as string,
    kind: item.kind as ExportKind,
    from: item.from as string,
    to: item.to as string,
    campaign: item.campaign as string | undefined,
    people: item.people as boolean,
    askedBy: item.askedBy as string,
    askedAt: new Date(item.askedAt as string),
    state: item.state as Export['state'],
    attempts: item.attempts as number,
    runningUntil: item.runningUntil ? new Date(item.runningUntil as string) : undefined,
    reason: item.reason as ExportFailure | undefined,
    file: file && { ...file, writtenAt: new Date(file.writtenAt) },
  };
}

/** Sorts by the time of asking; two of one millisecond by their id. */
export function exportOrder({ askedAt, id }: Pick<Export, 'askedAt' | 'id'>): string {
  return `${askedAt.toISOString()}#${id}`;
}
