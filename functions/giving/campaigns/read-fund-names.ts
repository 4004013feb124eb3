import type { FundName } from '#kernel/staff/desk-context.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';
import { fromCampaignItem } from './campaign-item.ts';
import { readCampaignSlugs } from './read-campaigns.ts';

/** All funds by the names that people know them by, in the order of their list; two requests. */
export async function readFundNames({ table }: Pick<Context, 'table'>): Promise<readonly FundName[]> {
  const wanted = (await readCampaignSlugs({ table })).map(keys.campaign);
  const found = await readItems(table, wanted);
  const campaigns = readIntact(
    wanted.flatMap((key) => found.itemAt(key) ?? []),
    fromCampaignItem,
  );
  return campaigns.map(({ slug, title }) => ({ slug, title: title.en }));
}
