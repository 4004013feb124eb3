import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type OpeningNote, ticks } from './opening.ts';

export function toOpeningNoteItem({ tick, by, name, at, note }: OpeningNote): Item {
  return toItem(keys.openingNote(tick), 'opening-note', 1, {
    ...{ tick, by, name, at: at.toISOString() },
    ...(note !== undefined && { note }),
  });
}

export function fromOpeningNoteItem(item: Item): OpeningNote {
  const fields = read(item);
  return {
    tick: fields.oneOf('tick', ticks),
    by: fields.text('by'),
    name: fields.text('name'),
    at: fields.date('at'),
    note: fields.maybeText('note'),
  };
}

/** The item that takes the list off the first page. */
export function toOpeningClosedItem({ by, at }: { readonly by: string; readonly at: Date }): Item {
  return toItem(keys.openingClosed(), 'opening-closed', 1, { by, at: at.toISOString() });
}
