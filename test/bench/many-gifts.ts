import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { toCampaignItem } from '../../functions/campaigns/campaign-item.ts';
import { monthAttribute } from '../../functions/campaigns/totals-item.ts';
import { toPersonItem } from '../../functions/checkouts/person-item.ts';
import { type Booking, decideGift } from '../../functions/gifts/gift.ts';
import { toGiftItem } from '../../functions/gifts/gift-item.ts';
import { projectGifts } from '../../functions/gifts/project-gifts.ts';
import { toLedgerEntryItem } from '../../functions/ledger/ledger-entry-item.ts';
import { hongKongMonth } from '../../functions/platform/clock.ts';
import { keys, totalsShards } from '../../functions/table/keys.ts';
import type { Item, Table } from '../../functions/table/table.ts';
import { dynamoDbClient } from '../../infra/local/cloud/dynamodb-client.ts';
import { demoCampaigns } from '../../infra/local/demo-campaigns.ts';

export const slug = 'lai-chi-kok-warehouse';
const batch = 25;
const writers = 4;
/** Gifts whose people are written: more than any page shows. */
const people = 200;

/**
 * Fills a table with a campaign that got gifts in the month of `now`, a fifth of a second apart, as the product itself would have
 * left it: each gift's item, the shards of the totals, the newest twenty. Only the newest gifts have their people.
 *
 * @param options.whole each gift has its person and its ledger entry too
 */
export async function storeManyGifts(
  table: Table,
  url: string,
  count: number,
  now: Date,
  { whole = false } = {},
): Promise<void> {
  const campaign = demoCampaigns(now).find((each) => each.slug === slug);
  if (!campaign) throw new Error(`The demonstration has no campaign ${slug}.`);
  const bookings = Array.from({ length: count }, (_, index) => bookingOf(index, now));
  const gifts = bookings.map(({ gift }) => gift);
  const items: Item[] = [
    toCampaignItem(campaign),
    ...gifts.slice(0, people).map(({ checkoutId }) => person(checkoutId)),
    ...Array.from({ length: totalsShards }, (_, shard) => totals(shard, count, now)),
  ];
  for (const Item of items) await table.client.send(new PutCommand({ TableName: table.name, Item }));
  await projectGifts(table, slug, gifts.slice(0, 30));
  await writeAll(table.name, url, bookings.length, (index) => {
    const { gift, entry } = bookings[index] as Booking;
    return [toGiftItem(gift), ...(whole ? [person(gift.checkoutId), toLedgerEntryItem(entry)] : [])];
  });
}

function bookingOf(index: number, now: Date): Booking {
  const number = String(index).padStart(12, '0');
  return decideGift({
    checkoutId: `chk_${number.padStart(32, '0')}`,
    paymentId: `pi_3${number.padStart(23, 'M')}`,
    campaign: slug,
    amount: 10_000 + (index % 90) * 1_000,
    cover: 0,
    currency: 'hkd',
    language: 'en',
    at: new Date(now.getTime() - 1_000 - index * 200),
  });
}

function person(checkoutId: string): Item {
  const hidden = { hideName: false, hideAmount: false, message: undefined, marketingConsent: undefined };
  return toPersonItem({ checkoutId, name: 'Juniper Example', email: 'juniper@example.org', ...hidden });
}

function totals(shard: number, count: number, now: Date): Item {
  const raised = Math.round(count / totalsShards) * 50_000;
  return {
    ...keys.totals(slug, shard),
    entity: 'totals',
    v: 1,
    raised,
    supporters: Math.round(count / totalsShards),
    [monthAttribute(hongKongMonth(now))]: raised,
  };
}

async function writeAll(
  tableName: string,
  url: string,
  count: number,
  itemsOf: (index: number) => readonly Item[],
): Promise<void> {
  const call = dynamoDbClient(url, 'ap-east-1');
  const aTime = Math.floor(batch / itemsOf(0).length);
  let next = 0;
  const writer = async () => {
    while (next < count) {
      const from = next;
      next += aTime;
      const puts = Array.from({ length: Math.min(aTime, count - from) }, (_, index) => itemsOf(from + index))
        .flat()
        .map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } }));
      const { UnprocessedItems } = await call<{ UnprocessedItems?: object }>('BatchWriteItem', {
        RequestItems: { [tableName]: puts },
      });
      if (Object.keys(UnprocessedItems ?? {}).length > 0)
        throw new Error('DynamoDB Local left items unwritten.');
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
}
