import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { rollUpMonths } from '#accounting/funds/roll-up-months.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { readCampaign } from '#giving/campaigns/read-campaigns.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { aCheckout, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { everything, freshTable } from '../support/table.ts';

const day = (text: string) => new Date(`${text}T12:00:00+08:00`);

it('rolling finished months up changes no figure, repeats change nothing, and a late gift counts at once and goes forward', async () => {
  const table = await freshTable();
  const [warehouse] = demoCampaigns(day('2026-10-10'));
  if (!warehouse) throw new Error('The demonstration has a warehouse.');
  for (const Item of [toCampaignListItem([warehouse.slug]), toCampaignItem(warehouse)]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
  const webhook = webhookOn(table);
  let number = 0;
  const give = async (amount: number, at: Date) => {
    number += 1;
    const checkout = aCheckout(number, { amount });
    await store(table, checkout);
    await webhook.deliver(sessionEvent(checkout, { created: at }));
  };
  await give(1_200_000, day('2026-09-15'));
  await give(700_000, day('2026-10-15'));
  await give(450_000, day('2026-11-15'));
  const read = () => readCampaign(warehouse.slug, { table, now: day('2026-11-20') });
  const before = await read();
  expect(before).toMatchObject({
    raised: 2_350_000,
    supporters: 3,
    month: { raised: 450_000, carriedOver: 0, monthsCovered: 0.4 },
  });

  expect(await rollUpMonths({ table, now: day('2026-11-20') })).toEqual([warehouse.slug]);
  expect(await rollUpMonths({ table, now: day('2026-11-20') })).toEqual([]);
  expect(await read()).toEqual(before);
  expect(JSON.stringify(await everything(table, 'totals'))).not.toContain('month#2026-10');

  await give(300_000, day('2026-10-31'));
  const late = await read();
  expect(late).toMatchObject({
    raised: 2_650_000,
    month: { raised: 450_000, carriedOver: 200_000, monthsCovered: 0.6 },
  });
  expect(await rollUpMonths({ table, now: day('2026-11-20') })).toEqual([warehouse.slug]);
  expect(await read()).toEqual(late);
});
