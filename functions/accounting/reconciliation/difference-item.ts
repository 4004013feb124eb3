import { hongKongMonth, type Month } from '#platform/clock.ts';
import type { Change } from '#platform/table/commit.ts';
import { isNew } from '#platform/table/commit.ts';
import { type Key, keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { differenceId, differenceKinds, type NamedDifference } from './difference.ts';

/** The state of a difference: found by the last comparison, resolved by itself, or accepted by a person with a reason. */
const differenceStates = ['open', 'resolved', 'accepted'] as const;

export type DifferenceState = (typeof differenceStates)[number];

export interface StoredDifference extends NamedDifference {
  readonly id: string;
  readonly state: DifferenceState;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly resolvedAt: Date | undefined;
  readonly reason: string | undefined;
}

/** The Hong Kong month in which the money moved: the month of the books that the difference keeps open. */
export function monthOfDifference({ at }: Pick<NamedDifference, 'at'>): Month {
  return hongKongMonth(at);
}

/** The attention of a difference: money in another currency has one already when the first report of it comes. */
export function attentionOf(difference: NamedDifference): Key {
  return difference.kind === 'other-currency'
    ? keys.attention('other-currency', difference.stripeId)
    : keys.attention('books-differ', differenceId(difference));
}

export function toNewDifference(difference: NamedDifference, now: Date): Change {
  const { kind, stripeId, amount, currency, at } = difference;
  const id = differenceId(difference);
  const put: Item = toItem(keys.difference(id), 'difference', 1, {
    id,
    kind,
    stripeId,
    amount,
    ...(currency && { currency }),
    at: at.toISOString(),
    state: 'open',
    firstSeen: now.toISOString(),
    lastSeen: now.toISOString(),
    list: lists.differences(monthOfDifference(difference)),
    listOrder: `${at.toISOString()}#${id}`,
  });
  return { put, condition: isNew };
}

/** Writes that a difference is there (again), with its present amount; an accepted difference is left alone. */
export function toSeenDifference({ id }: StoredDifference, amount: number, now: Date): Change {
  return {
    update: keys.difference(id),
    set: {
      expression: 'SET #state = :open, amount = :amount, lastSeen = :now REMOVE resolvedAt',
      names: { '#state': 'state' },
      values: { ':open': 'open', ':amount': amount, ':now': now.toISOString(), ':accepted': 'accepted' },
    },
    condition: '#state <> :accepted',
  };
}

/** Writes that an open difference is resolved. */
export function toResolvedDifference({ id }: StoredDifference, now: Date): Change {
  return {
    update: keys.difference(id),
    set: {
      expression: 'SET #state = :resolved, resolvedAt = :now',
      names: { '#state': 'state' },
      values: { ':resolved': 'resolved', ':now': now.toISOString(), ':open': 'open' },
    },
    condition: '#state = :open',
  };
}

/** Writes that a person accepted a difference, and why. */
export function toAcceptedDifference({ id }: StoredDifference, reason: string): Change {
  return {
    update: keys.difference(id),
    set: {
      expression: 'SET #state = :accepted, reason = :reason',
      names: { '#state': 'state' },
      values: { ':accepted': 'accepted', ':reason': reason, ':open': 'open' },
    },
    condition: '#state = :open',
  };
}

export function fromDifferenceItem(item: Item): StoredDifference {
  const fields = read(item);
  return {
    id: fields.text('id'),
    kind: fields.oneOf('kind', differenceKinds),
    stripeId: fields.text('stripeId'),
    amount: fields.int('amount'),
    currency: fields.maybeText('currency'),
    at: fields.date('at'),
    state: fields.oneOf('state', differenceStates),
    firstSeen: fields.date('firstSeen'),
    lastSeen: fields.date('lastSeen'),
    resolvedAt: fields.maybeDate('resolvedAt'),
    reason: fields.maybeText('reason'),
  };
}
