import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { toPersonItem } from '#kernel/people/person-item.ts';
import { monthAttribute } from '#kernel/totals/totals-item.ts';
import { toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { type Booking, decidePayment } from '#payments/payment/payment.ts';
import { toPaymentItem } from '#payments/payment/payment-item.ts';
import { keys, totalsShards } from '#platform/table/keys.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { dynamoDbClient } from '../../infra/local/cloud/dynamodb-client.ts';
import { paidCheckout } from '../support/paid-checkout.ts';

export const slug = 'lai-chi-kok-warehouse';
const batch = 25;
const writers = 4;
/** Gifts whose people are written: more than any page shows. */
const people = 200;

/**
 * Fills a table with a campaign that got gifts in the month of `now`, a fifth of a second apart, as the product itself would have
 * left it: each gift's item, the shards of the totals, the newest twenty. Only the newest gifts have their people.
 *
 * @param options.booksOf what else is written of each gift
 * @param options.whole with the person, ledger entry, message and checkout of each gift, so that an audit finds nothing
 */
export async function storeManyGifts(
  table: Table,
  url: string,
  count: number,
  now: Date,
  { whole = false, booksOf = () => [] }: Beside = {},
): Promise<void> {
  const campaign = demoCampaigns(now).find((each) => each.slug === slug);
  if (!campaign) throw new Error(`The demonstration has no campaign ${slug}.`);
  const bookings = Array.from({ length: count }, (_, index) => bookingOf(index, now));
  const gifts = bookings.map(({ payment: gift }) => gift);
  const items: Item[] = [
    toCampaignListItem([slug]),
    toCampaignItem({ ...campaign, opensAt: new Date(now.getTime() - 31 * 86_400_000) }),
    ...[...new Set([...gifts.slice(0, people), ...gifts.slice(-people)])].map(({ checkoutId }) =>
      person(checkoutId),
    ),
    ...totalsOf(bookings),
  ];
  for (const Item of items) await table.client.send(new PutCommand({ TableName: table.name, Item }));
  await projectPayments({ slug, gifts: gifts.slice(0, 30) }, { table });
  const itemsOf = (booking: Booking) => [
    toPaymentItem(booking.payment),
    ...(whole ? companionsOf(booking) : []),
    ...booksOf(booking),
  ];
  await writeAll(table.name, url, bookings, itemsOf);
}

/** What is written besides gifts. */
interface Beside {
  readonly whole?: boolean;
  readonly booksOf?: (booking: Booking) => readonly Item[];
}

/** The donor of the newest gifts. */
export const donor = `dnr_${'0'.repeat(32)}`;
/** How many gifts one donor gave. */
const ofDonor = 5;

/** The gift of a number; 0 is the newest. */
export function bookingOf(index: number, now: Date): Booking {
  const number = String(index).padStart(12, '0');
  const paid = paidCheckout({
    checkoutId: `chk_${number.padStart(32, '0')}`,
    paymentId: `pi_3${number.padStart(23, 'M')}`,
    fund: slug,
    amount: 10_000 + (index % 90) * 1_000,
    at: new Date(now.getTime() - 1_000 - index * 200),
    ...(index < ofDonor && { donor }),
  });
  return decidePayment(paid);
}

function person(checkoutId: string): Item {
  const hidden = { hideName: false, hideAmount: false, message: undefined, marketingConsent: undefined };
  const names = { name: 'Juniper Example', displayName: 'Juniper' };
  return toPersonItem({ checkoutId, ...names, email: 'juniper@example.org', ...hidden });
}

/** The shards of the totals; the first gift is in the first, the next in the next. */
function totalsOf(bookings: readonly Booking[]): Item[] {
  const shards = Array.from({ length: totalsShards }, (): Record<string, number> => ({}));
  bookings.forEach(({ totals: { raised, month } }, index) => {
    const shard = shards[index % totalsShards] as Record<string, number>;
    shard.raised = (shard.raised ?? 0) + raised;
    shard.supporters = (shard.supporters ?? 0) + 1;
    shard[monthAttribute(month)] = (shard[monthAttribute(month)] ?? 0) + raised;
  });
  return shards.map((sums, shard) => ({ ...keys.totals(slug, shard), entity: 'totals', v: 1, ...sums }));
}

/** What a gift leaves behind besides itself. */
function companionsOf({ payment: gift, entry }: Booking): Item[] {
  const { paymentId, checkoutId, fund, parts, currency, at } = gift;
  const message = {
    key: giftReceivedKey(paymentId),
    kind: 'mail',
    template: 'gift-received',
    paymentId,
    checkoutId,
  } as const;
  const checkout = toCheckoutItem({
    id: checkoutId,
    status: 'paid',
    fund,
    subject: { kind: 'campaign', slug: fund },
    mode: 'payment',
    lines: [{ kind: 'gift', amount: parts.gift }],
    currency,
    language: 'en',
    site: 'https://give.example.org',
    createdAt: at,
    expiresAt: at,
    bodyDigest: 'digest',
    sessionId: undefined,
    paidAt: at,
  });
  const { list: _, listOrder: __, ...sent } = toOutboxItem({ ...message, createdAt: at });
  return [
    person(checkoutId),
    toLedgerEntryItem(entry),
    { ...(sent as Item), sentAt: at.toISOString() },
    { ...checkout, paymentId },
  ];
}

async function writeAll(
  tableName: string,
  url: string,
  bookings: readonly Booking[],
  itemsOf: (booking: Booking) => readonly Item[],
): Promise<void> {
  const call = dynamoDbClient(url, 'ap-east-1');
  let next = 0;
  const writer = async () => {
    while (next < bookings.length) {
      const from = next;
      next += batch;
      const puts = bookings
        .slice(from, from + batch)
        .flatMap(itemsOf)
        .map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } }));
      for (let start = 0; start < puts.length; start += batch) {
        const { UnprocessedItems } = await call<{ UnprocessedItems?: object }>('BatchWriteItem', {
          RequestItems: { [tableName]: puts.slice(start, start + batch) },
        });
        if (Object.keys(UnprocessedItems ?? {}).length > 0)
          throw new Error('DynamoDB Local left items unwritten.');
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
}
