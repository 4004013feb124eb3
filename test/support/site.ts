import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { openApiDocument } from '#apps/api-document/document.ts';
import { createSiteApp } from '#apps/site/app.tsx';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { KeyedHash } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import { noMemory } from '#platform/web/memory.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { underRole } from './template-roles.ts';

export const secretKey = 'sk_test_of_flows_0000000';

/** Writes the demonstration's campaigns; the soup kitchen has ended. */
export async function storeCampaigns(table: Table): Promise<void> {
  const campaigns = demoCampaigns(new Date()).map((campaign) => ({
    ...campaign,
    // Few months are quickly added up.
    opensAt: new Date('2026-01-01T00:00:00+08:00'),
    ...(campaign.slug === 'soup-kitchen' && { closesAt: new Date('2026-02-01T00:00:00Z') }),
  }));
  for (const Item of [
    toCampaignListItem(campaigns.map(({ slug }) => slug)),
    ...campaigns.map(toCampaignItem),
  ]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
}

/** The site on a table, which it reaches under its role, with Stripe at an address. */
export function siteOn(table: Table, stripeUrl: string, changes: Partial<SiteContext> = {}) {
  return createSiteApp({
    table: underRole('Site', table),
    stripe: (deadline) => Promise.resolve(openStripe(secretKey, stripeUrl, deadline)),
    hash: () => Promise.resolve(new KeyedHash('a hash key of at least thirty-two characters')),
    clock: () => new Date(),
    random: Math.random,
    site: 'https://give.example.org',
    demonstration: true,
    addressOf: () => '192.0.2.7',
    formKey: () => 'form-key',
    apiDocument: async () => openApiDocument('https://any-site.example.org'),
    // Who looks sees what was written before; `memory.test.ts` looks as the deployed site does.
    memory: noMemory,
    ...changes,
  });
}

/** A request for a checkout that is right. */
export const gift = {
  amount: 50_000,
  frequency: 'once',
  name: 'Juniper',
  email: 'juniper@example.org',
  language: 'en',
};

/** Posts a checkout to a campaign. */
export function postCheckout(
  app: ReturnType<typeof siteOn>,
  body: unknown,
  options: { key?: string | null; slug?: string; type?: string } = {},
): Promise<Response> {
  const { key = 'key-1', slug = 'lai-chi-kok-warehouse', type = 'application/json' } = options;
  return Promise.resolve(
    app.request(`/api/campaigns/${slug}/checkouts`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': type, ...(key !== null && { 'idempotency-key': key }) },
    }),
  );
}
