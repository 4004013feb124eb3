import { hongKongMonth } from '#platform/clock.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { timeToLive } from '#platform/table/time-to-live.ts';

/** Names a paid gift whose comment or name waits for a decision; the texts themselves are in the person. */
export interface WaitingComment {
  readonly checkoutId: string;
  readonly fund: string;
  /** When the gift was paid. */
  readonly at: Date;
}

/** Waiting comments older than what the list shows are deleted, in milliseconds. */
const lifetime = 400 * 86_400_000;

/** The key of a waiting comment: with the others of its month, the oldest first. */
export function waitingCommentKey({ checkoutId, at }: Pick<WaitingComment, 'checkoutId' | 'at'>): Key {
  return keys.words(hongKongMonth(at), at.toISOString(), checkoutId);
}

/** The item of a waiting comment; the decision removes it. */
export function toCommentItem({ checkoutId, fund, at }: WaitingComment): Item {
  return toItem(waitingCommentKey({ checkoutId, at }), 'words', 1, {
    checkoutId,
    fund,
    at: at.toISOString(),
    ...timeToLive('words', new Date(at.getTime() + lifetime)),
  });
}

export function fromCommentItem(item: Item): WaitingComment {
  const fields = read(item);
  return {
    checkoutId: fields.text('checkoutId'),
    fund: fields.text('fund'),
    at: fields.date('at'),
  };
}
