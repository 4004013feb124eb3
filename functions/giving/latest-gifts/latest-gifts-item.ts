import { type Frequency, frequencies } from '#payments/received/payment-fact.ts';
import { keys } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';

/** A gift as the public sees it. */
export interface PublicGift {
  readonly name: string | null;
  /** Minor units. */
  readonly amount: number | null;
  readonly message: string | null;
  readonly frequency: Frequency;
  /** UTC, ISO 8601. */
  readonly at: string;
}

/** How many gifts a campaign's page shows at first. */
export const latestCount = 20;

/** A public gift with its place in the order; the place contains the payment's id and never leaves the table. */
export interface LatestGift {
  readonly order: string;
  readonly gift: PublicGift;
}

/** A gift as the item stores it: its place is shortened, and hidden fields are left out. */
interface StoredGift {
  /** The place, with the time as whole seconds since 1970 in base 36. */
  readonly order: string;
  readonly name?: string;
  readonly amount?: number;
  /** Left out of a gift that was given once. */
  readonly frequency?: Frequency;
}

/** The payment's id in a place of the order. */
export function paymentAt(order: string): string {
  return order.slice(order.indexOf('#') + 1);
}

/**
 * The item of a campaign's newest gifts, newest first. Every gift writes it, so it stays small: the comments, which change only by a
 * decision, are in an item of their own.
 */
export function toLatestGiftsItem(slug: string, latest: readonly LatestGift[], version: number): Item {
  const stored = latest.map(
    ({ order, gift: { name, amount, frequency } }): StoredGift => ({
      order: shortPlace(order),
      ...(name !== null && { name }),
      ...(amount !== null && { amount }),
      ...(frequency !== 'once' && { frequency }),
    }),
  );
  return toItem(keys.latestGifts(slug), 'latest-gifts', 3, { version, latest: stored });
}

/** The item of the approved comments of a campaign's newest gifts, by their place. */
export function toLatestCommentsItem(slug: string, latest: readonly LatestGift[]): Item {
  const words = latest.flatMap(({ order, gift }) => (gift.message ? [[order, gift.message]] : []));
  return toItem(keys.latestWords(slug), 'latest-words', 1, { words: Object.fromEntries(words) });
}

export function fromLatestGiftsItem(item: Item | undefined, words: Item | undefined): PublicGift[] {
  return latestOf(item, words).map(({ gift }) => gift);
}

export function latestOf(item: Item | undefined, words?: Item | undefined): LatestGift[] {
  const messages = words && read(words).record('words');
  return readIntact(storedIn(item), ({ order, name = null, amount = null, frequency = 'once' }) => {
    const at = order.slice(0, order.indexOf('#'));
    const message = messages?.maybeText(order) ?? null;
    return { order, gift: { name, amount, message, frequency, at } };
  });
}

/** Until v 2 the item stored each gift with every field, and its comment; until v 3 with the full place. */
function storedIn(item: Item | undefined): readonly StoredGift[] {
  if (!item) return [];
  return readIntact(read(item).list('latest'), (stored) => {
    const order = stored.text('order');
    const shown = item.v === 1 ? stored.record('gift') : stored;
    const frequency = shown.maybeOneOf('frequency', frequencies);
    const [name, amount] = [shown.maybePlain('name'), shown.maybePlain('amount')];
    return {
      order: item.v === 1 ? order : wholePlace(order),
      ...(name !== null && name !== undefined && { name: shown.text('name') }),
      ...(amount !== null && amount !== undefined && { amount: shown.int('amount') }),
      ...(frequency && { frequency }),
    };
  });
}

/** Stripe's times are whole seconds; any other time is stored in full. */
function shortPlace(order: string): string {
  const at = order.slice(0, order.indexOf('#'));
  const seconds = Date.parse(at) / 1000;
  return Number.isInteger(seconds) ? `${seconds.toString(36)}#${paymentAt(order)}` : order;
}

function wholePlace(order: string): string {
  const at = order.slice(0, order.indexOf('#'));
  if (at.includes('-')) return order;
  return `${new Date(Number.parseInt(at, 36) * 1000).toISOString()}#${paymentAt(order)}`;
}

/** The newest gifts of both lists, each once, newest first; the fresh one wins. */
export function mergeLatest(stored: readonly LatestGift[], fresh: readonly LatestGift[]): LatestGift[] {
  const byOrder = new Map([...stored, ...fresh].map((latest) => [latest.order, latest]));
  return [...byOrder.values()].sort((a, b) => (a.order < b.order ? 1 : -1)).slice(0, latestCount);
}

/** When the newest gifts were paid, and how many gifts the item holds at most. */
export function latestTimes(item: Item | undefined): { readonly times: Date[]; readonly most: number } {
  return { times: latestOf(item).map(({ gift }) => new Date(gift.at)), most: latestCount };
}
