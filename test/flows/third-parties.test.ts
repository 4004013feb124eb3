import { S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, vi } from 'vitest';
import { openResend } from '#apps/mailer/resend-gateway.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { actorFromClaims } from '#kernel/staff/read-actor.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { openFiles, putFile } from '#platform/files/file-store.ts';
import { errorFields } from '#platform/log.ts';
import { nobody, stripeBut } from '../support/local-stripe.ts';
import { gift, postCheckout, secretKey, siteOn, storeCampaigns } from '../support/site.ts';
import { story as it } from '../support/story.ts';
import { freshTable } from '../support/table.ts';

async function start(stripeUrl: string): Promise<Response> {
  const table = await freshTable();
  await storeCampaigns(table);
  // As the site opens it: nobody waits for a second try.
  const deadline = { left: () => 3000 };
  const site = siteOn(table, stripeUrl, {
    stripe: () => Promise.resolve(openStripe(secretKey, stripeUrl, deadline)),
  });
  return postCheckout(site, gift);
}

describe('a third party that fails leaves one log line', () => {
  it('of kind, call and request id when Stripe refuses a Session', async ({ localStripe, log }) => {
    const failing = await stripeBut(localStripe, (path) =>
      path === '/v1/checkout/sessions'
        ? Response.json(
            { error: { type: 'api_error', message: gift.email } },
            { status: 500, headers: { 'request-id': 'req_1' } },
          )
        : undefined,
    );
    expect((await start(failing.url)).status).toBe(503);
    await failing.close();
    expect(log.entries).toEqual([
      {
        level: 'warn',
        event: 'stripe-refused',
        call: 'POST /v1/checkout/sessions',
        status: 500,
        requestId: 'req_1',
      },
    ]);
  });

  it('when Stripe does not answer', async ({ log }) => {
    expect((await start(nobody)).status).toBe(503);
    expect(log.entries).toEqual([
      { level: 'warn', event: 'stripe-unanswered', call: 'POST /v1/checkout/sessions' },
    ]);
  });

  it('when Stripe does not take the key, with the codes of the error', async ({ localStripe, log }) => {
    const failing = await stripeBut(localStripe, () =>
      Response.json(
        { error: { type: 'invalid_request_error', code: 'api_key_expired', message: 'Expired' } },
        { status: 401, headers: { 'request-id': 'req_2' } },
      ),
    );
    await start(failing.url);
    await failing.close();
    expect(log.entries[0]).toMatchObject({ event: 'stripe-refused', status: 401, requestId: 'req_2' });
    expect(log.entries.filter(({ event }) => event === 'stripe-refused')).toHaveLength(1);
    expect(JSON.stringify(log.entries)).not.toContain(secretKey);
    expect(JSON.stringify(log.entries)).not.toContain(gift.email);
  });

  it('when Stripe has no such object, without the query of the call', async ({ localStripe, log }) => {
    await openStripe(secretKey, localStripe.url)
      .paymentIntents.retrieve('pi_none', { expand: ['latest_charge'] })
      .catch(() => undefined);
    expect(log.entries).toMatchObject([
      { event: 'stripe-refused', call: 'GET /v1/payment_intents/pi_none', status: 404 },
    ]);
  });

  it('when Resend refuses a mail, with the mail’s key and no word of it', async ({ log }) => {
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(
      Response.json(
        { statusCode: 403, name: 'validation_error', message: 'The example.org domain is not verified.' },
        { status: 403 },
      ),
    );
    const mail = {
      from: 'a@example.org',
      to: 'b@example.org',
      replyTo: 'c@example.org',
      subject: 's',
      html: 'h',
      text: 't',
      headers: {},
      tags: [],
    };
    const outcome = await openResend('re_test')(mail, 'gift-received/pi_1');
    expect(outcome.kind).not.toBe('sent');
    expect(log.entries).toMatchObject([
      { event: 'resend-refused', outboxKey: 'gift-received/pi_1', outcome: outcome.kind },
    ]);
    expect(JSON.stringify(log.entries)).not.toContain('example.org');
  });

  it('when S3 refuses a file: the error that goes up says its status and request', async () => {
    const files = openFiles('bucket');
    const refusal = new S3ServiceException({
      name: 'AccessDenied',
      $fault: 'client',
      message: 'b@example.org',
      $metadata: { httpStatusCode: 403, requestId: 'ABC123' },
    });
    // Of the overloads of `send` the spy knows the one that answers nothing.
    vi.spyOn(files.client, 'send').mockRejectedValue(refusal as never);
    const error: unknown = await putFile(files, 'key', 'x', { contentType: 'text/csv' }).catch(
      (each: unknown) => each,
    );
    expect(errorFields(error)).toMatchObject({ error: 'AccessDenied', status: 403, requestId: 'ABC123' });
    expect(JSON.stringify(errorFields(error))).not.toContain('example.org');
  });

  it('when a request of the staff comes without a token that holds', async ({ log }) => {
    const table = await freshTable();
    const staff = createStaffApp({
      random: Math.random,
      table,
      clock: () => new Date(),
      actorOf: () => actorFromClaims(undefined, 'groups'),
    });
    expect((await staff.request('/api/staff/me')).status).toBe(401);
    expect(log.entries).toEqual([{ level: 'warn', event: 'sign-in-refused', fault: 'no-token' }]);
  });
});
