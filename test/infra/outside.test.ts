import { expect, it } from 'vitest';
import { eventTable } from '#apps/webhooks/events.ts';
import { readSettings } from '../../infra/local/settings.ts';
import type { ListenOptions } from '../../infra/local/stripe-listen.ts';
import { startOutside } from '../../infra/start/outside.ts';
import { nobody } from '../support/local-stripe.ts';

const siteUrl = 'http://127.0.0.1:8787';
const key = 'sk_test_123456789012';

it('with a real test key the site gets from Stripe itself exactly the events that it takes', async () => {
  const listened: ListenOptions[] = [];
  const settings = readSettings({ STRIPE_SECRET_KEY: key, RESEND_BASE_URL: nobody });
  const outside = await startOutside(settings, siteUrl, [], async (options) => {
    listened.push(options);
    return { webhookSecret: 'whsec_of_the_command_line', close: async () => {} };
  });
  expect(listened).toMatchObject([
    { stripeKey: key, eventTypes: Object.keys(eventTable), webhookUrl: `${siteUrl}/stripe/webhook` },
  ]);
  expect(outside).toEqual({
    siteUrl,
    stripe: 'https://api.stripe.com',
    stripeKeys: key,
    webhookSecret: 'whsec_of_the_command_line',
    mail: nobody,
  });
});
