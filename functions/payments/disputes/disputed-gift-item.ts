import { entryName, type LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import type { Currency } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Item } from '#platform/table/table.ts';
import type { DisputedGift } from './dispute.ts';

/** Reads of a gift's item what disputes need; attributes that nothing has touched yet are not there. */
export function fromDisputedGiftItem(item: Item): DisputedGift {
  return {
    paymentId: item.paymentId as string,
    checkoutId: item.checkoutId as string,
    campaign: item.campaign as string,
    amount: item.amount as number,
    cover: (item.cover as number | undefined) ?? 0,
    currency: item.currency as Currency,
    refunded: (item.refunded as number | undefined) ?? 0,
    disputed: (item.disputed as number | undefined) ?? 0,
    openDisputes: (item.openDisputes as string[] | undefined) ?? [],
  };
}

/** What was decided by: none of it may have changed since it was read. */
const decidedBy = ['refunded', 'disputed', 'openDisputes'] as const;

/**
 * Writes what disputes hold of a gift. It fails when a refund or another dispute came between, because how much is left of the
 * gift decides about its supporter.
 *
 * @param read the gift's item that was decided by
 * @param entry what is booked with it, if anything is
 */
export function toDisputedChange(
  read: Item,
  after: { readonly disputed: number; readonly openDisputes: readonly string[] },
  entry: LedgerEntry | undefined,
): Change {
  const present = decidedBy.filter((name) => read[name] !== undefined);
  return {
    update: keys.gift(read.paymentId as string),
    set: {
      expression: `SET disputed = :disputed, openDisputes = :openDisputes, disputeOpen = :disputeOpen${entry ? ' ADD otherEntries :entry' : ''}`,
      values: {
        ':disputed': after.disputed,
        ':openDisputes': after.openDisputes,
        ':disputeOpen': after.openDisputes.length > 0,
        ...(entry && { ':entry': new Set([entryName(entry)]) }),
        ...Object.fromEntries(present.map((name) => [`:read_${name}`, read[name]])),
      },
    },
    condition: decidedBy
      .map((name) => (present.includes(name) ? `${name} = :read_${name}` : `attribute_not_exists(${name})`))
      .concat('attribute_exists(pk)')
      .join(' AND '),
  };
}
