import { hongKongMonth } from '#platform/clock.ts';
import { currencies } from '#platform/money.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Fields, read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { categoryNames } from './categories.ts';
import { type Disbursement, disbursementStates, recipientKinds } from './disbursement.ts';

/** The item is in the list of the month in which the money was requested. */
export function toDisbursementItem(disbursement: Disbursement): Item {
  const { id, requestedAt, note, payOut, taken, ...plain } = disbursement;
  const stored = Object.entries(taken).map(([step, one]) => [step, { ...one, at: one.at.toISOString() }]);
  return toItem(keys.disbursement(id), 'disbursement', 1, {
    id,
    ...plain,
    ...(note !== undefined && { note }),
    ...(payOut && { handOver: payOut }),
    taken: Object.fromEntries(stored),
    requestedAt: requestedAt.toISOString(),
    list: lists.passedOn(hongKongMonth(requestedAt)),
    listOrder: disbursementOrder(disbursement),
  });
}

/** The first items did not say who is paid: those read as `family`. */
export function fromDisbursementItem(item: Item): Disbursement {
  const fields = read(item);
  const payOut = fields.maybeRecord('handOver');
  return {
    id: fields.text('id'),
    campaign: fields.text('campaign'),
    amount: fields.int('amount'),
    currency: fields.oneOf('currency', currencies),
    category: fields.oneOf('category', categoryNames),
    recipient: fields.text('recipient'),
    recipientKind: fields.maybeOneOf('recipientKind', recipientKinds) ?? 'family',
    note: fields.maybeText('note'),
    state: fields.oneOf('state', disbursementStates),
    requestedBy: fields.text('requestedBy'),
    requestedAt: fields.date('requestedAt'),
    taken: takenIn(fields.maybeRecord('taken')),
    payOut: payOut && {
      day: payOut.text('day'),
      from: payOut.oneOf('from', ['cash', 'bank']),
      voucherNumber: payOut.text('voucherNumber'),
      voucherDigest: payOut.text('voucherDigest'),
      month: payOut.text('month'),
    },
  };
}

function takenIn(fields: Fields | undefined): Disbursement['taken'] {
  if (!fields) return {};
  const taken = fields.names().map((step) => {
    const one = fields.record(step);
    const reason = one.maybeText('reason');
    return [step, { by: one.text('by'), at: one.date('at'), ...(reason !== undefined && { reason }) }];
  });
  return Object.fromEntries(taken);
}

/** Sorts by the time of the request; two requests of one millisecond by their id. */
function disbursementOrder({ requestedAt, id }: Pick<Disbursement, 'requestedAt' | 'id'>): string {
  return `${requestedAt.toISOString()}#${id}`;
}
