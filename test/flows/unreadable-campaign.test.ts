import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, it, vi } from 'vitest';
import { keys } from '#platform/table/keys.ts';
import { nobody } from '../support/local-stripe.ts';
import { siteOn, storeCampaigns } from '../support/site.ts';
import { freshTable } from '../support/table.ts';

afterEach(() => vi.restoreAllMocks());

it('a campaign that cannot be read is left out of the lists and logged; the others are shown', async () => {
  const lines: unknown[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(JSON.parse(line)));
  const table = await freshTable();
  await storeCampaigns(table);
  await table.client.send(new PutCommand({ TableName: table.name, Item: keys.campaign('education') }));
  const site = siteOn(table, nobody);
  for (const path of ['/', '/zh', '/api/campaigns']) {
    const answer = await site.request(path);
    expect(answer.status, path).toBe(200);
    const text = await answer.text();
    expect(text, path).toContain('lai-chi-kok-warehouse');
    expect(text, path).not.toContain('education');
  }
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'error', event: 'campaign-unreadable', slug: 'education' }),
  );
});
