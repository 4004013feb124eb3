import { hongKongMonth } from '#platform/clock.ts';
import type { Currency } from '#platform/money.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Category } from './categories.ts';
import type {
  Disbursement,
  DisbursementState,
  HandOver,
  RecipientKind,
  Step,
  StepTaken,
} from './disbursement.ts';

type StoredStep = Omit<StepTaken, 'at'> & { readonly at: string };

/** The item of money on its way to a family; it stands in the list of the month in which it was requested. */
export function toDisbursementItem(disbursement: Disbursement): Item {
  const { id, requestedAt, note, handOver, taken, ...plain } = disbursement;
  const stored = Object.entries(taken).map(([step, one]) => [step, { ...one, at: one.at.toISOString() }]);
  return toItem(keys.disbursement(id), 'disbursement', 1, {
    id,
    ...plain,
    ...(note !== undefined && { note }),
    ...(handOver && { handOver }),
    taken: Object.fromEntries(stored),
    requestedAt: requestedAt.toISOString(),
    list: lists.passedOn(hongKongMonth(requestedAt)),
    listOrder: disbursementOrder(disbursement),
  });
}

/** Reads the item of money on its way to a family; the first ones did not say who is paid. */
export function fromDisbursementItem(item: Item): Disbursement {
  const taken = Object.entries((item.taken ?? {}) as Record<Step, StoredStep>);
  return {
    id: item.id as string,
    campaign: item.campaign as string,
    amount: item.amount as number,
    currency: item.currency as Currency,
    category: item.category as Category,
    recipient: item.recipient as string,
    recipientKind: (item.recipientKind as RecipientKind | undefined) ?? 'family',
    note: item.note as string | undefined,
    state: item.state as DisbursementState,
    requestedBy: item.requestedBy as string,
    requestedAt: new Date(item.requestedAt as string),
    taken: Object.fromEntries(taken.map(([step, one]) => [step, { ...one, at: new Date(one.at) }])),
    handOver: item.handOver ? handOver(item.handOver as HandOver) : undefined,
  };
}

/** Field by field: its answers do not depend on the order in which the table gives them. */
function handOver({ day, from, voucherNumber, voucherDigest, month }: HandOver): HandOver {
  return { day, from, voucherNumber, voucherDigest, month };
}

/** Sorts by the time of the request; two of one millisecond by their id. */
export function disbursementOrder({ requestedAt, id }: Pick<Disbursement, 'requestedAt' | 'id'>): string {
  return `${requestedAt.toISOString()}#${id}`;
}
