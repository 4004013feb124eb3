import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { recordPayment } from '#payments/payment/record-payment.ts';
import { receiveRefund } from '#payments/refunds/receive-refund.ts';
import type { Table } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { paidCheckout } from './paid-checkout.ts';
import { aCheckout, store } from './payments.ts';
import { freshTable } from './table.ts';

const minute = 60_000;
/** The one campaign of these books. */
export const slug = 'lai-chi-kok-warehouse';

/** A table with one campaign that opened yesterday, to be filled and audited. */
export async function openAuditedBooks(now = new Date()) {
  const table = await freshTable();
  const warehouse = demoCampaigns(now).find((campaign) => campaign.slug === slug);
  if (!warehouse) throw new Error('The demonstration has no warehouse.');
  const opensAt = new Date(now.getTime() - 86_400_000);
  for (const Item of [toCampaignListItem([slug]), toCampaignItem({ ...warehouse, opensAt })]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
  const books = { table, now };
  return {
    table,
    now,
    /** A gift of HK$500 that was paid so many minutes ago, and is booked at once; it is `pi_` and its number. */
    give: (number: number, minutesAgo = 60) => give(books, number, minutesAgo),
    /** Two old gifts and a young one, of which HK$100 was refunded; raised is HK$1,400. */
    fill: async () => {
      for (const [number, minutesAgo] of [[1, 60] as const, [2, 60] as const, [3, 2] as const]) {
        await give(books, number, minutesAgo);
      }
      await refund(books);
      await summarizeAccounts({ table, now });
    },
  };
}

export type AuditedBooks = Awaited<ReturnType<typeof openAuditedBooks>>;

interface Books {
  readonly table: Table;
  readonly now: Date;
}

async function give({ table, now }: Books, number: number, minutesAgo: number): Promise<void> {
  const checkout = aCheckout(number, { createdAt: now });
  await store(table, checkout);
  const at = new Date(now.getTime() - minutesAgo * minute);
  const paid = paidCheckout({ checkoutId: checkout.id, paymentId: `pi_${number}`, at });
  const outcome = await recordPayment(paid, { table, now, random: () => (number % 16) / 16 });
  if (outcome !== 'booked') throw new Error(`The gift ${number} was not booked: ${outcome}.`);
}

async function refund({ table, now }: Books): Promise<void> {
  const at = new Date(now.getTime() - 30 * minute);
  const fact = { refundId: 're_1', paymentId: 'pi_1', amount: 10_000, currency: 'hkd', at } as const;
  const reported = { ...fact, status: 'succeeded', requestId: undefined, failedAt: undefined } as const;
  const outcome = await receiveRefund(reported, { table, now, random: () => 0 });
  if (outcome !== 'refunded') throw new Error(`The refund was not booked: ${outcome}.`);
}
