import { hongKongMonth, type Month, monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { fromBeginningItem } from './beginning-item.ts';
import { fundOpening, fundSlugs } from './fund-item.ts';

/** Which campaigns the books cover, and since which month. */
export interface Books {
  /** All campaigns, in the order of their list, which only grows. */
  readonly slugs: readonly string[];
  /** From the first month of the books to the present one, Hong Kong time; empty before the first campaign opens. */
  readonly months: readonly Month[];
  /** The recorded first month; undefined while the first month only follows from when the first campaign opens. */
  readonly begun: Month | undefined;
}

/**
 * Reads which campaigns and months the books have. The first month is recorded (`beginBooks`), because staff may edit when a campaign
 * opens.
 */
export async function readBooks({ table, now }: Pick<Context, 'table' | 'now'>): Promise<Books> {
  const read = await readItems(table, [keys.campaignList(), keys.beginning()], { consistent: true });
  const slugs = fundSlugs(read.itemAt(keys.campaignList()));
  const begun = fromBeginningItem(read.itemAt(keys.beginning()));
  const first = begun ?? (await firstOpening(table, slugs));
  return { slugs, begun, months: first ? monthsBetween(first, hongKongMonth(now)) : [] };
}

async function firstOpening(table: Table, slugs: readonly string[]): Promise<Month | undefined> {
  const read = await readItems(table, slugs.map(keys.campaign));
  const campaigns = slugs.flatMap((slug) => read.itemAt(keys.campaign(slug)) ?? []);
  return readIntact(campaigns, fundOpening).map(hongKongMonth).sort()[0];
}
