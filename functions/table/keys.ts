import type { Month } from '../platform/clock.ts';

/** The primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Over how many items a campaign's totals are split: each takes about 500 bookings a second. */
export const totalsShards = 16;
/** Over how many lists the unsent outbox of an hour is split. */
export const outboxShards = 16;
/** Over how many lists a campaign's gifts of a month are split. */
export const giftShards = 4;

/** Every key shape of the table. */
export const keys = {
  /** The slugs of all campaigns, in the order of the list page. */
  campaignList: (): Key => ({ pk: 'campaigns', sk: 'campaigns' }),
  campaign: (slug: string): Key => ({ pk: `campaign#${slug}`, sk: 'campaign' }),
  rollUp: (slug: string): Key => ({ pk: `campaign#${slug}`, sk: 'roll-up' }),
  latestGifts: (slug: string): Key => ({ pk: `campaign#${slug}`, sk: 'latest-gifts' }),
  totals: (slug: string, shard: number): Key => ({ pk: `totals#${slug}#${pad(shard)}`, sk: 'totals' }),
  /** Every shard of a campaign's totals, in order. */
  allTotals: (slug: string): Key[] =>
    Array.from({ length: totalsShards }, (_, shard) => keys.totals(slug, shard)),
  checkout: (id: string): Key => ({ pk: `checkout#${id}`, sk: 'checkout' }),
  person: (checkoutId: string): Key => ({ pk: `person#${checkoutId}`, sk: 'person' }),
  /** The mail that a person was first sent, with all that its body was made of; erased with the person. */
  personMail: (checkoutId: string, template: string): Key => ({
    pk: `person#${checkoutId}`,
    sk: `mail#${template}`,
  }),
  /** A gift is the marker of its own uniqueness: the key is the payment. */
  gift: (paymentId: string): Key => ({ pk: `gift#${paymentId}`, sk: 'gift' }),
  ledgerEntry: (sourceId: string, kind: string): Key => ({ pk: `ledger#${sourceId}`, sk: kind }),
  outbox: (key: string): Key => ({ pk: `outbox#${key}`, sk: 'outbox' }),
  parked: (paymentId: string): Key => ({ pk: `parked#${paymentId}`, sk: 'parked' }),
  /** Something that a person has to look at. */
  attention: (kind: string, id: string): Key => ({ pk: `attention#${kind}#${id}`, sk: 'attention' }),
  limit: (hash: string, window: string): Key => ({ pk: `limit#${hash}#${window}`, sk: 'limit' }),
} as const;

/** The name of the table's one index: work lists and lists of gifts. */
export const listsIndex = 'lists';

/** Every list of the index `lists`. None has a constant name: an index that throttles stops the base table. */
export const lists = {
  gifts: (slug: string, month: Month, shard: number): string => `gifts#${slug}#${month}#${shard}`,
  outbox: (utcHour: string, shard: number): string => `outbox#${utcHour}#${pad(shard)}`,
  parked: (utcHour: string): string => `parked#${utcHour}`,
  attention: (month: Month): string => `attention#${month}`,
} as const;

function pad(shard: number): string {
  return String(shard).padStart(2, '0');
}
