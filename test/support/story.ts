import { test, vi } from 'vitest';
import { openStripe } from '#payments/checkout/gateway.ts';
import { openDisputeStory } from './dispute-story.ts';
import { silentStripe } from './local-stripe.ts';
import { secretKey, storeCampaigns } from './site.ts';
import { freshTable } from './table.ts';

type LogEntry = Readonly<Record<string, unknown>>;

/**
 * A test that says what it needs by naming it: each thing is opened for the tests that name it, and closed after them.
 *
 * - `table`: fresh and empty
 * - `localStripe`: a local Stripe whose events go nowhere; `stripe`: a client of it
 * - `bank`: payments at a local Stripe and the payers' bank, which disputes them
 * - `log`: what the product logs meanwhile; nothing of it reaches the console
 */
export const story = test
  .extend('table', () => freshTable())
  .extend('localStripe', async ({}, { onCleanup }) => {
    const localStripe = await silentStripe();
    onCleanup(() => localStripe.close());
    return localStripe;
  })
  .extend('stripe', ({ localStripe }) => openStripe(secretKey, localStripe.url))
  .extend('bank', async ({}, { onCleanup }) => {
    const bank = await openDisputeStory();
    onCleanup(() => bank.close());
    return bank;
  })
  .extend('log', ({}, { onCleanup }) => {
    const printed: string[] = [];
    const entries = () => printed.map((line) => JSON.parse(line) as LogEntry);
    const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    onCleanup(() => spy.mockRestore());
    return {
      printed,
      get entries(): LogEntry[] {
        return entries();
      },
      /** The entries that CloudWatch counts, alarms among them. */
      get metrics(): LogEntry[] {
        return entries().filter(({ _aws }) => _aws);
      },
    };
  });

/** A story whose table has the demonstration's campaigns. */
export const campaignStory = story.extend('table', async ({ table }) => {
  await storeCampaigns(table);
  return table;
});
