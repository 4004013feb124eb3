import { type Change, isNew } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Hold, Slice, Take } from './stock.ts';

export function toSliceItem(slice: Slice): Item {
  return toItem(keys.stockSlice(slice.subject, slice.bucket, slice.number), 'stock', 1, slice);
}

export function fromSliceItem(item: Item): Slice {
  const fields = read(item);
  return {
    subject: fields.text('subject'),
    bucket: fields.text('bucket'),
    number: fields.int('number'),
    free: fields.int('free'),
    capacity: fields.int('capacity'),
    changes: fields.int('changes'),
  };
}

/** The item of a hold. It stays for as long as it holds something, in the list of its subject: what expires first, then what is sold. */
export function toHoldItem(hold: Hold): Item {
  const { id, subject, state, quantities } = hold;
  return toItem(keys.hold(id), 'hold', 1, { id, subject, state, quantities, ...placeOf(hold) });
}

function placeOf({ id, subject, state, until }: Omit<Hold, 'quantities'>) {
  const moment = until.toISOString();
  return { until: moment, list: lists.holds(subject), listOrder: `${state}#${moment}#${id}` };
}

/** Every hold before this place in its list had expired at a moment. */
export function expiredBefore(now: Date): string {
  return `held#${now.toISOString()}`;
}

export function fromHoldItem(item: Item): Hold {
  const fields = read(item);
  return {
    id: fields.text('id'),
    subject: fields.text('subject'),
    state: fields.oneOf('state', ['held', 'sold']),
    quantities: fields.record('quantities').ints(),
    until: fields.date('until'),
  };
}

export function toNewHoldChange(hold: Hold): Change {
  return { put: toHoldItem(hold), condition: isNew };
}

/** Makes a hold another one, if it is as it was read: later, sold, or less of it. */
export function toHoldChange(before: Hold, after: Hold): Change {
  return { put: toHoldItem(after), condition: asRead(before) };
}

/** Ends a hold that is as it was read: another verb may have sold it, or given it more time. */
export function toHoldEndChange(before: Hold): Change {
  return { remove: keys.hold(before.id), condition: asRead(before) };
}

function asRead({ state, quantities, until }: Hold) {
  return {
    expression: '#state = :state AND quantities = :quantities AND #until = :until',
    names: { '#state': 'state', '#until': 'until' },
    values: { ':state': state, ':quantities': quantities, ':until': until.toISOString() },
  };
}

/** Takes from a slice that has enough. */
export function toTakeChange({ slice, quantity }: Take): Change {
  return {
    update: keyOf(slice),
    set: {
      expression: 'ADD #free :less',
      names: { '#free': 'free' },
      values: { ':less': -quantity, ':quantity': quantity },
    },
    condition: '#free >= :quantity',
  };
}

/** Returns to a slice, unless the capacity was set since it was read: then another one may lack it. */
export function toReturnChange({ slice, quantity }: Take): Change {
  return {
    update: keyOf(slice),
    set: {
      expression: 'ADD #free :quantity',
      names: { '#free': 'free', '#changes': 'changes' },
      values: { ':quantity': quantity, ':changes': slice.changes },
    },
    condition: '#changes = :changes',
  };
}

/** Sets what is free in a slice that is as it was read, and the capacity of its bucket. */
export function toCapacityChange(slice: Slice, { free, capacity }: Pick<Slice, 'free' | 'capacity'>): Change {
  return {
    update: keyOf(slice),
    set: {
      expression: 'SET #free = :free, #capacity = :capacity, #changes = :next',
      names: { '#free': 'free', '#capacity': 'capacity', '#changes': 'changes' },
      values: {
        ':free': free,
        ':capacity': capacity,
        ':next': slice.changes + 1,
        ':seen': slice.free,
        ':changes': slice.changes,
      },
    },
    condition: '#free = :seen AND #changes = :changes',
  };
}

function keyOf({ subject, bucket, number }: Slice) {
  return keys.stockSlice(subject, bucket, number);
}

/** Adds a subject to those whose expired holds the sweep releases. */
export function toSubjectChange(subject: string): Change {
  return {
    update: keys.stockSubjects(),
    set: {
      expression: 'ADD subjects :subject SET entity = :entity, v = :v',
      values: { ':subject': new Set([subject]), ':entity': 'stock-subjects', ':v': 1 },
    },
  };
}

/** The subjects that have stock. */
export function fromSubjectsItem(item: Item | undefined): string[] {
  return item ? (read(item).maybeTexts('subjects') ?? []) : [];
}
