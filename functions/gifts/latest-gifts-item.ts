import { keys } from '../table/keys.ts';
import type { Item } from '../table/table.ts';

/** A gift as the public sees it. */
export interface PublicGift {
  readonly name: string | null;
  /** Minor units. */
  readonly amount: number | null;
  readonly message: string | null;
  readonly frequency: 'once';
  /** UTC, ISO 8601. */
  readonly at: string;
}

/** How many gifts a campaign's page shows at first. */
export const latestCount = 20;

/** A public gift with its place in the order; the place names the payment and never leaves the table. */
export interface LatestGift {
  readonly order: string;
  readonly gift: PublicGift;
}

/** The item of a campaign's newest gifts, newest first. */
export function toLatestGiftsItem(slug: string, latest: readonly LatestGift[], version: number): Item {
  return { ...keys.latestGifts(slug), entity: 'latest-gifts', v: 1, version, latest };
}

/** Reads the newest gifts as the public sees them. */
export function fromLatestGiftsItem(item: Item | undefined): PublicGift[] {
  return latestOf(item).map(({ gift }) => gift);
}

/** Reads the newest gifts with their order. */
export function latestOf(item: Item | undefined): LatestGift[] {
  return (item?.latest as LatestGift[] | undefined) ?? [];
}
