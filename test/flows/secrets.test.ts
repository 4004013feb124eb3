import { describe, expect, vi } from 'vitest';
import { serveLocally } from '../../infra/local/serve.ts';
import { aCheckout, sessionEvent, sign } from '../support/payments.ts';
import { story } from '../support/story.ts';
import { freshTable } from '../support/table.ts';

const name = '/tideover/dev/stripe-webhook-secret';
const secret = 'whsec_0123456789abcdef';

/** A webhook whose secret is what the parameter store holds. */
const it = story.extend('webhook', { auto: true }, async ({}, { onCleanup }) => {
  const stored = { value: '' };
  const store = await serveLocally(() => Response.json({ Parameter: { Name: name, Value: stored.value } }), {
    port: 0,
  });
  const variables = {
    STRIPE_WEBHOOK_SECRET_PARAMETER: name,
    AWS_REGION: 'ap-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SSM: store.url,
  };
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);

  onCleanup(async () => {
    vi.unstubAllEnvs();
    await store.close();
  });

  /** Delivers an event to a webhook whose secret is what is stored now. */
  async function deliver(value: string): Promise<Response> {
    stored.value = value;
    // A module of its own, whose client of the parameter store was made for this one.
    vi.resetModules();
    const { secret: secretOf } = await import('#platform/config.ts');
    const { createWebhookApp } = await import('#apps/webhooks/webhook-app.ts');
    const app = createWebhookApp({
      table: await freshTable(),
      signingSecret: secretOf('STRIPE_WEBHOOK_SECRET_PARAMETER'),
      livemode: false,
      clock: () => new Date(),
      random: Math.random,
    });
    const body = JSON.stringify(sessionEvent(aCheckout(1)));
    const headers = { 'stripe-signature': sign(body, { secret }) };
    return app.request('/stripe/webhook', { method: 'POST', body, headers });
  }

  return { deliver };
});

describe('a secret of the parameter store', () => {
  it.for([`${secret}\n`, ` ${secret}\r\n`, `"${secret}"`])(
    'works with what was pasted along: %j',
    async (value, { webhook: { deliver } }) => {
      expect((await deliver(value)).status).toBe(200);
    },
  );

  it('that is another one is named in the log by its parameter, and no part of its value is', async ({
    log,
    webhook: { deliver },
  }) => {
    const answer = await deliver('sk_test_pasted_into_the_wrong_place');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/whsec|parameter|sk_test/);
    expect(log.entries).toEqual([
      expect.objectContaining({
        level: 'error',
        event: 'stripe-event-failed',
        error: 'ConfigurationError',
        message: `The parameter ${name} is not right: it begins with whsec_, and only letters, digits and _+/=- follow.`,
      }),
    ]);
    expect(JSON.stringify(log.entries)).not.toContain('pasted');
  });
});
