import { fromCampaignItem, fromCampaignListItem } from '../campaigns/campaign-item.ts';
import { hongKongMonth, type Month, monthsBetween } from '../platform/clock.ts';
import { keys } from '../table/keys.ts';
import { readItems, type Table } from '../table/table.ts';

/** What the books are about, and since when. */
export interface Books {
  /** All campaigns, in the order of their list, which only grows. */
  readonly slugs: readonly string[];
  /** From the month in which the first campaign opened to the present one; empty without a campaign. */
  readonly months: readonly Month[];
}

/** Reads which campaigns and months the books have. */
export async function readBooks(table: Table, now: Date): Promise<Books> {
  const list = await readItems(table, [keys.campaignList()], { consistent: true });
  const slugs = fromCampaignListItem(list.itemAt(keys.campaignList()));
  const read = await readItems(table, slugs.map(keys.campaign));
  const opened = slugs.flatMap((slug) => {
    const item = read.itemAt(keys.campaign(slug));
    return item ? [hongKongMonth(fromCampaignItem(item).opensAt)] : [];
  });
  const [first] = opened.sort();
  return { slugs, months: first ? monthsBetween(first, hongKongMonth(now)) : [] };
}
