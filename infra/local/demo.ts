import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { toCampaignItem, toCampaignListItem } from '../../functions/campaigns/campaign-item.ts';
import type { Checkout } from '../../functions/checkouts/checkout.ts';
import { toCheckoutItem } from '../../functions/checkouts/checkout-item.ts';
import { toPersonItem } from '../../functions/checkouts/person-item.ts';
import { decideGift } from '../../functions/gifts/gift.ts';
import { projectGifts } from '../../functions/gifts/project-gifts.ts';
import { rebuildLatestGifts } from '../../functions/gifts/rebuild-latest-gifts.ts';
import { recordGift } from '../../functions/gifts/record-gift.ts';
import { summarizeAccounts } from '../../functions/ledger/summarize-accounts.ts';
import { summarizeFunds } from '../../functions/money/summarize-funds.ts';
import { hongKongMonth } from '../../functions/platform/clock.ts';
import { type Item, openTable, type Table } from '../../functions/table/table.ts';
import { demoCampaigns } from './demo-campaigns.ts';
import { type DemoGift, demoGifts } from './demo-gifts.ts';
import { demoMoney } from './demo-money.ts';

/**
 * Writes the demonstration: four campaigns and a month of past gifts, booked by the code that books real ones. Nobody is
 * thanked for them.
 *
 * @param options.dynamodbUrl where DynamoDB Local listens
 * @param options.now the gifts lie in the 35 days before it; the same moment gives the same data
 */
export async function writeDemoData(options: {
  dynamodbUrl: string;
  tableName: string;
  now: Date;
}): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: options.dynamodbUrl,
    region: 'ap-east-1',
    credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' },
  });
  const table = openTable(options.tableName, client);
  const campaigns = demoCampaigns(options.now);
  const gifts = demoGifts(options.now);
  await putAll(table, [
    toCampaignListItem(campaigns.map(({ slug }) => slug)),
    ...campaigns.map(toCampaignItem),
    ...gifts.flatMap((gift) => [toCheckoutItem(checkoutOf(gift)), toPersonItem(gift.person)]),
  ]);
  let draw = 0;
  for (const { paid } of gifts) {
    draw = (draw + 0.37) % 1;
    const recorded = await recordGift(paid, {
      table,
      now: paid.at,
      random: () => draw,
      thank: false,
    });
    if (recorded !== 'booked') throw new Error(`Demonstration gift ${paid.paymentId}: ${recorded}.`);
  }
  for (const { slug } of campaigns) {
    const own = gifts.filter(({ paid }) => paid.campaign === slug).map(({ paid }) => decideGift(paid).gift);
    await projectGifts(table, slug, own);
    // The words that were approved before are published by the decision or a rebuild, not by a gift.
    await rebuildLatestGifts(table, slug, options.now);
  }
  await putAll(
    table,
    demoMoney(
      options.now,
      gifts.map(({ paid }) => paid),
    ),
  );
  // The schedule comes once an hour; the first look at the page should not wait for it.
  await summarizeAccounts(table, options.now);
  await summarizeFunds(table, options.now, hongKongMonth(new Date(options.now.getTime() - 160 * 86_400_000)));
  client.destroy();
}

function checkoutOf({ paid, title }: DemoGift): Checkout {
  return {
    id: paid.checkoutId,
    status: 'open',
    campaign: paid.campaign,
    lines: [{ kind: 'gift', campaign: paid.campaign, title, amount: paid.amount }],
    amount: paid.amount,
    currency: paid.currency,
    language: paid.language,
    site: 'http://127.0.0.1',
    createdAt: paid.at,
    expiresAt: paid.at,
    bodyDigest: 'demonstration',
    sessionId: undefined,
  };
}

/** BatchWriteItem takes 25 items a request. */
async function putAll(table: Table, items: readonly Item[]): Promise<void> {
  for (let start = 0; start < items.length; start += 25) {
    const requests = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    const answer = await table.client.send(
      new BatchWriteCommand({ RequestItems: { [table.name]: requests } }),
    );
    if (Object.keys(answer.UnprocessedItems ?? {}).length > 0) {
      throw new Error('DynamoDB Local left demonstration items unwritten.');
    }
  }
}
