import { hongKongMonth } from '#platform/clock.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { timeToLive } from '#platform/table/time-to-live.ts';

/** Names a paid gift's words that wait for a decision; the words themselves stand with the person. */
export interface WaitingComment {
  readonly checkoutId: string;
  readonly campaign: string;
  /** When the gift was paid. */
  readonly at: Date;
}

/** Words older than the list looks back are forgotten with it, in milliseconds. */
const kept = 400 * 86_400_000;

/** Where words that wait stand: with the others of their month, the oldest first. */
export function waitingCommentKey({ checkoutId, at }: Pick<WaitingComment, 'checkoutId' | 'at'>): Key {
  return keys.words(hongKongMonth(at), at.toISOString(), checkoutId);
}

/** The item of words that wait; it is taken away by the decision. */
export function toCommentItem({ checkoutId, campaign, at }: WaitingComment): Item {
  return toItem(waitingCommentKey({ checkoutId, at }), 'words', 1, {
    checkoutId,
    campaign,
    at: at.toISOString(),
    ...timeToLive('words', new Date(at.getTime() + kept)),
  });
}

/** Reads an item of words that wait. */
export function fromCommentItem(item: Item): WaitingComment {
  const fields = read(item);
  return {
    checkoutId: fields.text('checkoutId'),
    campaign: fields.text('campaign'),
    at: fields.date('at'),
  };
}
