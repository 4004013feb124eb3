import { fromCoverageItem } from '#accounting/accounts/coverage-item.ts';
import { type PublicMoney, publicMoney } from '#accounting/funds/public-money.ts';
import { readFund } from '#accounting/funds/read-fund.ts';
import { type Campaign, isPublic } from '#giving/campaigns/campaign.ts';
import { fromCampaignItem } from '#giving/campaigns/campaign-item.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { isSlug } from '#platform/id-shapes.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { type Headline, headlineOf } from './headline.ts';

export interface MoneyView {
  readonly campaign: Campaign;
  readonly money: PublicMoney;
  readonly headline: Headline;
  /** The moment at which all this is true. */
  readonly asOf: Date;
}

/** A campaign's money as it was a moment ago. @throws Problem `not-found` */
export function recallMoney(
  slug: string,
  { table, clock, memory }: Pick<SiteContext, 'table' | 'clock' | 'memory'>,
): Promise<MoneyView> {
  return memory.recall(`money ${slug}`, () => readMoney(table, slug, clock()));
}

/**
 * Reads a campaign's money in two requests, however many gifts and payments there are.
 * @throws Problem `not-found`
 */
async function readMoney(table: Table, slug: string, now: Date): Promise<MoneyView> {
  const key = keys.campaign(slug);
  const found = isSlug(slug)
    ? await Promise.all([readItems(table, [key, keys.coverage()]), readFund(slug, { table })])
    : undefined;
  const item = found?.[0].itemAt(key);
  const campaign = item && fromCampaignItem(item);
  if (!found || !campaign || !isPublic(campaign)) {
    throw new Problem('not-found', 'There is no such campaign.');
  }
  const [read, fund] = found;
  const coverage = fromCoverageItem(read.itemAt(keys.coverage()));
  const money = publicMoney({ ...fund, coverage }, hongKongMonth(now), now);
  return { campaign, money, headline: headlineOf(money, coverage), asOf: now };
}
