import type { Campaign } from '../campaigns/campaign.ts';
import { isSlug } from '../campaigns/campaign.ts';
import { fromCampaignItem } from '../campaigns/campaign-item.ts';
import { fromCoverageItem } from '../ledger/coverage-item.ts';
import { hongKongMonth } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { keys } from '../table/keys.ts';
import { readItems, type Table } from '../table/table.ts';
import { type PublicMoney, publicMoney } from './public-money.ts';
import { readFund } from './read-fund.ts';

/** A campaign with its money as the public sees it. */
export interface MoneyView {
  readonly campaign: Campaign;
  readonly money: PublicMoney;
}

/**
 * Reads a campaign's money in two requests, however many gifts and payments it had.
 * @throws Problem `not-found`
 */
export async function readMoney(table: Table, slug: string, now: Date): Promise<MoneyView> {
  const key = keys.campaign(slug);
  const found = isSlug(slug)
    ? await Promise.all([readItems(table, [key, keys.coverage()]), readFund(table, slug)])
    : undefined;
  const item = found?.[0].itemAt(key);
  if (!found || !item) throw new Problem('not-found', 'There is no such campaign.');
  const [read, fund] = found;
  const coverage = fromCoverageItem(read.itemAt(keys.coverage()));
  return {
    campaign: fromCampaignItem(item),
    money: publicMoney({ ...fund, coverage }, hongKongMonth(now), now),
  };
}
