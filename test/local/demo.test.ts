import { expect, inject, it } from 'vitest';
import { writeDemoData } from '../../infra/local/demo.ts';
import { nobody } from '../support/local-stripe.ts';
import { siteOn } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

it('the demonstration shows the words of its givers on the pages of campaigns', async () => {
  const table = await freshTable();
  const now = new Date();
  await writeDemoData({ dynamodbUrl: inject('dynamodbUrl'), tableName: table.name, now });
  const shown = await Promise.all(
    (await everything(table, 'campaign')).map(async ({ slug }) => {
      const page = siteOn(table, nobody, { clock: () => now }).request(`/campaigns/${String(slug)}`);
      return (await page).text();
    }),
  );
  for (const html of shown) expect(html).toContain('<blockquote');
}, 120_000);
