import { entryName, type LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';
import type { DisputedPayment } from './dispute.ts';

/** Reads of a gift's item what disputes need; attributes that nothing has touched yet are not there. */
export function fromDisputedPaymentItem(item: Item): DisputedPayment {
  return { ...fromPaymentItem(item), openDisputes: read(item).maybeTexts('openDisputes') ?? [] };
}

/** What was decided by: none of it may have changed since it was read. */
const decidedBy = ['refunded', 'disputed', 'openDisputes'] as const;

/**
 * Writes what disputes hold of a gift. It fails when a refund or another dispute came between, because how much is left of the
 * gift decides about its supporter.
 *
 * @param before the gift's item that was decided by
 * @param entry what is booked with it, if anything is
 */
export function toDisputedChange(
  before: Item,
  after: { readonly disputed: number; readonly openDisputes: readonly string[] },
  entry: LedgerEntry | undefined,
): Change {
  const present = decidedBy.filter((name) => before[name] !== undefined);
  return {
    update: keys.payment(read(before).text('paymentId')),
    set: {
      expression: `SET disputed = :disputed, openDisputes = :openDisputes, disputeOpen = :disputeOpen${entry ? ' ADD otherEntries :entry' : ''}`,
      values: {
        ':disputed': after.disputed,
        ':openDisputes': after.openDisputes,
        ':disputeOpen': after.openDisputes.length > 0,
        ...(entry && { ':entry': new Set([entryName(entry)]) }),
        ...Object.fromEntries(present.map((name) => [`:read_${name}`, before[name]])),
      },
    },
    condition: decidedBy
      .map((name) => (present.includes(name) ? `${name} = :read_${name}` : `attribute_not_exists(${name})`))
      .concat('attribute_exists(pk)')
      .join(' AND '),
  };
}
