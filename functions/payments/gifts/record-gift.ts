import { type Attention, toAttentionItem } from '#kernel/attention/attention-item.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { toKeptChange } from '#kernel/people/person-item.ts';
import { toTotalsChange } from '#kernel/totals/totals-item.ts';
import {
  agreesWith,
  declinesOf,
  toForcedPaidChange,
  toPaidChange,
} from '#payments/checkout/checkout-item.ts';
import type { PaidCheckout } from '#payments/checkout/paid-checkout.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import type { Month } from '#platform/clock.ts';
import { count } from '#platform/log.ts';
import { type Change, isNew, type Outcome } from '#platform/table/commit.ts';
import type { Table } from '#platform/table/table.ts';
import { decideGift, type HoldReason } from './gift.ts';
import { toGiftItem } from './gift-item.ts';
import { holdReason } from './held.ts';

/**
 * What became of a payment that Stripe told of:
 * `booked` – its gift was written now; `duplicate` – it was there already; `mismatch` – it was booked as Stripe took it and
 * listed for a person, because the checkout said otherwise; `unknown-checkout` – nothing was written: we know no such checkout.
 */
export type Recorded = 'booked' | 'duplicate' | 'mismatch' | 'unknown-checkout';

/** What booking needs from the outside. */
export interface RecordGift {
  readonly table: Table;
  /** The moment of writing; the gift's own time is Stripe's. */
  readonly now: Date;
  /** A number in [0, 1), as Math.random gives: it draws the shard of the totals. */
  readonly random: () => number;
  /** Whether the giver is thanked by mail; only imports of old gifts say no. */
  readonly thank?: boolean;
}

/**
 * Books a gift for any source, once: one transaction of five items, without a read. How often and in whatever order the
 * same payment is told, it is booked once; money that was taken is never refused. A payment so old that the books of its month
 * may be closed takes a read and a check more, a gift that is held for a person one item more, and one whose checkout remembers
 * many declined payments a second transaction.
 */
export async function recordGift(paid: PaidCheckout, deps: RecordGift): Promise<Recorded> {
  const held = holdReason({ amount: paid.amount, declines: 0 });
  const first = await book(
    paid,
    held,
    toPaidChange(paid, held ? undefined : guardLimits.declinesToHold),
    deps,
  );
  if (first.committed) return 'booked';
  if (first.failed.has('gift')) return 'duplicate';
  const checkout = first.failed.get('checkout');
  if (!checkout) return 'unknown-checkout';
  const reason = holdReason({ amount: paid.amount, declines: declinesOf(checkout) });
  if (agreesWith(checkout, paid)) {
    const second = await book(paid, reason, toPaidChange(paid), deps);
    if (second.committed) return 'booked';
    if (second.failed.has('gift')) return 'duplicate';
  }
  return recordMismatch(paid, reason, deps);
}

async function book(
  paid: PaidCheckout,
  held: HoldReason | undefined,
  checkout: Change,
  deps: RecordGift,
): Promise<Outcome<string>> {
  const outcome: Outcome<string> = await inOpenMonth(deps.table, { at: paid.at, now: deps.now }, (month) => ({
    ...bookingChanges(paid, held, month, deps),
    checkout,
  }));
  if (outcome.committed) tellHeld(paid, held);
  return outcome;
}

async function recordMismatch(
  paid: PaidCheckout,
  held: HoldReason | undefined,
  deps: RecordGift,
): Promise<Recorded> {
  const when = { at: paid.at, now: deps.now };
  const changes = (month: Month) => ({
    ...bookingChanges(paid, held, month, deps),
    checkout: toForcedPaidChange(paid),
    attention: {
      put: toAttentionItem({
        kind: 'booking-mismatch' as const,
        id: paid.paymentId,
        checkoutId: paid.checkoutId,
        at: deps.now,
      }),
    },
  });
  // A checkout that had ended lets its person be deleted a day later; now there is somebody to thank.
  let outcome: Outcome<string> = await inOpenMonth(deps.table, when, (month) => ({
    ...changes(month),
    person: toKeptChange(paid.checkoutId),
  }));
  if (!outcome.committed && outcome.failed.size === 1 && outcome.failed.has('person')) {
    outcome = await inOpenMonth(deps.table, when, changes);
  }
  if (outcome.committed) {
    tellHeld(paid, held);
    return 'mismatch';
  }
  return outcome.failed.has('gift') ? 'duplicate' : 'unknown-checkout';
}

function tellHeld({ paymentId }: PaidCheckout, held: HoldReason | undefined): void {
  if (held) count('GiftHeld', { paymentId, reason: held });
}

function bookingChanges(
  paid: PaidCheckout,
  held: HoldReason | undefined,
  month: Month,
  { now, random, thank = true }: RecordGift,
): Record<'gift' | 'entry' | 'totals', Change> & Partial<Record<'outbox' | 'held', Change>> {
  const { gift, entry, totals } = decideGift(paid, month);
  const message = {
    key: giftReceivedKey(gift.paymentId),
    template: 'gift-received',
    paymentId: gift.paymentId,
    checkoutId: gift.checkoutId,
    createdAt: now,
  } as const;
  return {
    gift: { put: toGiftItem({ ...gift, held }), condition: isNew },
    entry: { put: toLedgerEntryItem(entry), condition: isNew },
    totals: toTotalsChange(totals, random()),
    ...(thank && { outbox: { put: toOutboxItem(message), condition: isNew } }),
    ...(held && { held: { put: toAttentionItem(heldAttention(paid, held, now)) } }),
  };
}

function heldAttention(paid: PaidCheckout, reason: HoldReason, at: Date): Attention {
  const { paymentId, checkoutId } = paid;
  return { kind: 'gift-held', id: paymentId, paymentId, checkoutId, reason, at };
}
