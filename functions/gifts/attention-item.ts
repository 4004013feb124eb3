import { hongKongMonth } from '../platform/clock.ts';
import { keys, lists } from '../table/keys.ts';
import type { Item } from '../table/table.ts';

/** Something that the software cannot settle alone. */
export interface Attention {
  readonly kind: 'booking-mismatch' | 'parked-with-our-key' | 'mail-stopped';
  /** The payment or the outbox key it is about. */
  readonly id: string;
  readonly checkoutId: string;
  readonly at: Date;
}

/** The item of something a person has to look at; it stands in the list of its month. */
export function toAttentionItem(attention: Attention): Item {
  return {
    ...keys.attention(attention.kind, attention.id),
    entity: 'attention',
    v: 1,
    kind: attention.kind,
    id: attention.id,
    checkoutId: attention.checkoutId,
    at: attention.at.toISOString(),
    list: lists.attention(hongKongMonth(attention.at)),
    listOrder: attention.at.toISOString(),
  };
}
