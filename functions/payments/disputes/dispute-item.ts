import { hongKongMonth } from '#platform/clock.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type Phase, phases, type ReportedDispute } from './dispute.ts';

/** Why a dispute's money cannot be booked: its payment is not there, or not yet, or is not ours, or the money is of another currency. */
const unbookableReasons = ['gift-missing', 'waiting', 'not-ours', 'other-currency'] as const;

export type UnbookableReason = (typeof unbookableReasons)[number];

/** A movement that stands in the ledger. Minor units. */
export interface BookedMovement {
  readonly id: string;
  readonly amount: number;
  readonly fee: number;
}

/** A dispute as it stands in the table. */
export interface Dispute extends Omit<ReportedDispute, 'movements'> {
  /** Undefined while its gift is not known. */
  readonly fund: string | undefined;
  readonly checkoutId: string | undefined;
  readonly booked: readonly BookedMovement[];
  readonly unbookable: UnbookableReason | undefined;
  /** The phases that were listed for a person. */
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

export function fromDisputeItem(item: Item): Dispute {
  const fields = read(item);
  return {
    id: fields.text('disputeId'),
    paymentId: fields.maybeText('paymentId'),
    chargeId: fields.text('chargeId'),
    amount: fields.int('amount'),
    currency: fields.text('currency'),
    status: fields.text('status'),
    reason: fields.text('reason'),
    refundable: fields.flag('refundable'),
    dueBy: fields.maybeDate('dueBy'),
    openedAt: fields.date('openedAt'),
    fund: fields.maybeText('fund'),
    checkoutId: fields.maybeText('checkoutId'),
    booked: fields.list('booked').map((movement) => ({
      id: movement.text('id'),
      amount: movement.int('amount'),
      fee: movement.int('fee'),
    })),
    unbookable: fields.maybeOneOf('unbookable', unbookableReasons),
    alerted: fields.manyOf('alerted', phases),
    remindedOf: fields.maybeDate('remindedOf'),
    version: fields.int('version'),
  };
}
