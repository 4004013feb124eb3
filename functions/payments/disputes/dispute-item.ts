import { hongKongMonth } from '#platform/clock.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Phase, ToldDispute } from './dispute.ts';

/** Why a dispute's money cannot be booked: its gift is not there, or is not ours, or the money is of another currency. */
export type UnbookableReason = 'gift-missing' | 'not-ours' | 'other-currency';

/** A movement that stands in the ledger. Minor units. */
export interface BookedMovement {
  readonly id: string;
  readonly amount: number;
  readonly fee: number;
}

/** A dispute as it stands in the table. */
export interface Dispute extends Omit<ToldDispute, 'movements'> {
  /** Undefined while its gift is not known. */
  readonly campaign: string | undefined;
  readonly checkoutId: string | undefined;
  readonly booked: readonly BookedMovement[];
  readonly unbookable: UnbookableReason | undefined;
  /** The phases that a person was told of. */
  readonly alerted: readonly Phase[];
  /** The due date that a person was reminded of. */
  readonly remindedOf: Date | undefined;
  /** Grows by one with each change, so that what was read before another's change is not written over it. */
  readonly version: number;
}

/** The item of a dispute. It stands in the list of the month in which it was opened. */
export function toDisputeItem(dispute: Dispute): Item {
  const { id, openedAt, dueBy, remindedOf, ...plain } = dispute;
  return toItem(keys.dispute(id), 'dispute', 1, {
    ...plain,
    disputeId: id,
    openedAt: openedAt.toISOString(),
    ...(dueBy && { dueBy: dueBy.toISOString() }),
    ...(remindedOf && { remindedOf: remindedOf.toISOString() }),
    list: lists.disputes(hongKongMonth(openedAt)),
    listOrder: `${openedAt.toISOString()}#${id}`,
  });
}

/** Reads a dispute's item. */
export function fromDisputeItem(item: Item): Dispute {
  const date = (name: string) => (item[name] === undefined ? undefined : new Date(item[name] as string));
  return {
    id: item.disputeId as string,
    paymentId: item.paymentId as string | undefined,
    chargeId: item.chargeId as string,
    amount: item.amount as number,
    currency: item.currency as string,
    status: item.status as string,
    reason: item.reason as string,
    refundable: item.refundable as boolean,
    dueBy: date('dueBy'),
    openedAt: new Date(item.openedAt as string),
    campaign: item.campaign as string | undefined,
    checkoutId: item.checkoutId as string | undefined,
    booked: (item.booked as BookedMovement[]).map(({ id, amount, fee }) => ({ id, amount, fee })),
    unbookable: item.unbookable as UnbookableReason | undefined,
    alerted: item.alerted as Phase[],
    remindedOf: date('remindedOf'),
    version: item.version as number,
  };
}
