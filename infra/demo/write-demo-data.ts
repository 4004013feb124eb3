import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { KnownMonths, summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import { toPersonItem } from '#kernel/people/person-item.ts';
import { paymentOf, toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { hongKongMonth, type Month, monthsBetween } from '#platform/clock.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { type Item, openTable, readItems, type Table } from '#platform/table/table.ts';
import type { LocalStripe } from '../local/stripe/server.ts';
import { demoCampaigns } from './campaigns.ts';
import { acknowledgedItems, approvedItems, payOuts } from './disbursements.ts';
import { type DemoGift, demoGifts } from './gifts.ts';
import { give, sentThanks } from './giving.ts';
import { beginOf, beginOfBooks, demoPayments, openBooks, reimburseFees } from './money.ts';
import type { DemoWorld, Happening } from './past.ts';
import { demoPayouts } from './payouts.ts';

/**
 * Writes the demonstration: four campaigns, and what happened in the months before, played moment by moment by the code that does it
 * every day. The local Stripe holds the same past; no mail is sent.
 *
 * @param options.dynamodbUrl where DynamoDB Local listens
 * @param options.stripe where the gifts were paid
 * @param options.siteUrl where the donors came back to, without a trailing slash
 * @param options.now the gifts lie in the twelve months before it; the same moment gives the same data, but for Stripe's ids
 */
export async function writeDemoData(options: {
  dynamodbUrl: string;
  tableName: string;
  stripe: LocalStripe;
  siteUrl: string;
  now: Date;
}): Promise<void> {
  const { dynamodbUrl, tableName, stripe, siteUrl, now } = options;
  const client = new DynamoDBClient({
    endpoint: dynamodbUrl,
    region: 'ap-east-1',
    credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' },
  });
  const plain = { marshallOptions: { removeUndefinedValues: true } };
  const table = openTable(tableName, DynamoDBDocumentClient.from(client, plain));
  // A campaign's books begin with the campaign: a treasurer need not close years of months in which nothing happened.
  const campaigns = demoCampaigns(now).map((campaign) => ({
    ...campaign,
    opensAt: beginOf(campaign.slug, now),
  }));
  const slugs = campaigns.map(({ slug }) => slug);
  const gifts = demoGifts(now, campaigns, siteUrl);
  const passedOn = demoPayments(now);
  await putAll(table, [
    toCampaignListItem(slugs),
    ...campaigns.map(toCampaignItem),
    ...gifts.flatMap(({ checkout, person }) => [toCheckoutItem(checkout), toPersonItem(person)]),
    ...approvedItems(passedOn),
  ]);
  const world: DemoWorld = {
    table,
    stripe,
    client: openStripe('sk_test_demonstration', stripe.url),
    random: inTurn(),
  };
  const entered = [...openBooks(now), ...reimburseFees(now)];
  const taken = [...gifts.map(given), ...demoPayouts(beginOfBooks(now), now)];
  const paidOut = payOuts(passedOn);
  // What is taken and what is paid out are played side by side, because each waits for the table most of the time: what the funds hold
  // at the beginning of a month covers what they pay out in it.
  for (const month of monthsBetween(hongKongMonth(beginOfBooks(now)), hongKongMonth(now))) {
    await playInTurn(inMonth(entered, month), world);
    await Promise.all([taken, paidOut].map((all) => playInTurn(inMonth(all, month), world)));
  }
  await putAll(table, await acknowledgedItems(table, passedOn));
  const booked = await readGifts(
    table,
    gifts.map(({ checkout }) => checkout.id),
  );
  await putAll(table, booked.map(sentThanks));
  await showGifts(table, slugs, booked, now);
  // The schedules come once an hour; the first look at the pages should not wait for them.
  await recordFees({ table, stripe: world.client, now });
  const known = new KnownMonths();
  await summarizeAccounts({ table, now, ledger: known.ledger });
  await summarizeFunds({ known }, { table, now });
  client.destroy();
}

/** What happened in a month, the earliest first. */
function inMonth(all: readonly Happening[], month: Month): Happening[] {
  return all.filter(({ at }) => hongKongMonth(at) === month).sort((a, b) => a.at.getTime() - b.at.getTime());
}

async function playInTurn(happenings: readonly Happening[], world: DemoWorld): Promise<void> {
  for (const { at, play } of happenings) await play(world, at);
}

function given(gift: DemoGift): Happening {
  return { at: gift.checkout.createdAt, play: (world, at) => give(gift, world, at) };
}

/** Numbers in [0, 1), so that the totals are spread over their shards. */
function inTurn(): () => number {
  let draw = 0;
  return () => {
    draw = (draw + 0.37) % 1;
    return draw;
  };
}

/** Reads the gifts that checkouts were paid with. */
async function readGifts(table: Table, checkouts: readonly string[]): Promise<Payment[]> {
  const itemsAt = async (wanted: readonly Key[]) => {
    const read = await readItems(table, wanted, { consistent: true });
    return wanted.flatMap((key) => read.itemAt(key) ?? []);
  };
  const paid = await itemsAt(checkouts.map(keys.checkout));
  const payments = paid.flatMap((checkout) => paymentOf(checkout) ?? []);
  return (await itemsAt(payments.map(keys.payment))).map(fromPaymentItem);
}

/** Brings the gifts onto the pages, as the projector does. */
async function showGifts(
  table: Table,
  slugs: readonly string[],
  gifts: readonly Payment[],
  now: Date,
): Promise<void> {
  for (const slug of slugs) {
    await projectPayments(
      { slug, gifts: gifts.filter(({ fund: campaign }) => campaign === slug) },
      { table },
    );
    // A comment that was approved earlier is published by its approval or by a rebuild, not by a gift.
    await rebuildLatestGifts(slug, { table, now });
  }
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
