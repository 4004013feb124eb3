import { hongKongMonth } from '#platform/clock.ts';
import type { Change } from '#platform/table/commit.ts';
import { type Key, keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';

/** Everything that can ask for a person. */
export const attentionKinds = [
  'booking-mismatch',
  'parked-with-our-key',
  'mail-stopped',
  'mail-problem',
  'mail-account',
  'person-request',
  'refund-above-left',
  'refund-failed',
  // Nothing writes it any more; a table may hold some that nobody has resolved.
  'refund-mismatch',
  'refund-parked',
  'refund-stuck',
  'dispute-opened',
  'dispute-due',
  'dispute-unknown-charge',
  'early-fraud-warning',
  'refresh-stopped',
  'fulfil-failed',
  'stock-differs',
  'unknown-charge',
  'unknown-movement',
  'other-currency',
  'payout-differs',
  'payout-by-hand',
  'payout-failed',
  'books-differ',
  'balance-differs',
  'checkout-repaired',
  'gift-held',
  'work-failed',
  'outbox-waits',
  'stream-behind',
  'table-throttled',
] as const;

/** Why a person is asked for. */
export type AttentionKind = (typeof attentionKinds)[number];

/** All that can wait for the staff: what asks for a person, and the other lists. */
export const whatWaits = [...attentionKinds, 'comments', 'complaints', 'disbursements'] as const;

/** What waits, by its kind: it names nobody. */
export interface WaitingCount {
  /** A kind of what asks for a person, or of the other lists that wait. */
  readonly what: (typeof whatWaits)[number];
  readonly count: number;
  /** When the first of them is due. */
  readonly dueBy: Date | undefined;
}

/** Something that only a person can resolve. */
export interface Attention {
  readonly kind: AttentionKind;
  /** The payment, refund, request, payout, outbox key or Stripe's object it is about. */
  readonly id: string;
  /** Undefined for what belongs to no checkout of ours, or not yet. */
  readonly checkoutId?: string | undefined;
  /** The payment, where `id` is another object's. */
  readonly paymentId?: string | undefined;
  readonly at: Date;
  /** A word that says why, where the kind alone does not. */
  readonly reason?: string;
  /** Until when a person can do something about it. */
  readonly dueBy?: Date | undefined;
}

/** The item of something a person has to look at; it stands in the list of its month. */
export function toAttentionItem(attention: Attention): Item {
  return toItem(keys.attention(attention.kind, attention.id), 'attention', 1, {
    kind: attention.kind,
    id: attention.id,
    ...(attention.checkoutId && { checkoutId: attention.checkoutId }),
    ...(attention.paymentId && { paymentId: attention.paymentId }),
    ...(attention.reason && { reason: attention.reason }),
    ...(attention.dueBy && { dueBy: attention.dueBy.toISOString() }),
    at: attention.at.toISOString(),
    list: lists.attention(hongKongMonth(attention.at)),
    listOrder: `${attention.at.toISOString()}#${attention.kind}#${attention.id}`,
  });
}

/** Who resolved something, when, and what was found or done. */
export interface Resolution {
  /** The subject of the person's sign-in. */
  readonly by: string;
  readonly at: Date;
  readonly note: string;
}

/** Something that asked for a person, as it stands. */
export interface ListedAttention extends Attention {
  readonly resolved: Resolution | undefined;
}

/** Reads what asks for a person. */
export function fromAttentionItem(item: Item): ListedAttention {
  const fields = read(item);
  const reason = fields.maybeText('reason');
  const settledAt = fields.maybeDate('settledAt');
  return {
    kind: fields.oneOf('kind', attentionKinds),
    id: fields.text('id'),
    checkoutId: fields.maybeText('checkoutId'),
    paymentId: fields.maybeText('paymentId'),
    at: fields.date('at'),
    ...(reason !== undefined && { reason }),
    dueBy: fields.maybeDate('dueBy'),
    resolved: settledAt && { by: fields.text('settledBy'), at: settledAt, note: fields.text('settledNote') },
  };
}

/** The change that resolves it together with another action of a person, if it is there and open. */
export function resolvedAlong(item: Item | undefined, resolved: Resolution): { readonly attention?: Change } {
  return item && item.settledAt === undefined ? { attention: toResolvedChange(item, resolved) } : {};
}

/** Marks it resolved, unless it is; it stays in the list of its month. */
export function toResolvedChange(key: Key, { by, at, note }: Resolution): Change {
  return {
    update: key,
    set: {
      expression: 'SET settledBy = :by, settledAt = :at, settledNote = :note',
      values: { ':by': by, ':at': at.toISOString(), ':note': note },
    },
    condition: 'attribute_exists(pk) AND attribute_not_exists(settledAt)',
  };
}
