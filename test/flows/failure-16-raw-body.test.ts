import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { describe, expect, inject, test, vi } from 'vitest';
import { aCheckout, sessionEvent, store } from '../support/payments.ts';
import { everything, freshTable } from '../support/table.ts';

const secret = 'whsec_of_the_raw_body';
const sign = (payload: string) => Stripe.webhooks.generateTestHeaderString({ payload, secret });

/** The bytes of a paid event as another program than ours would write them: none of it survives JSON.parse and JSON.stringify. */
function bodyOf(number: number): string {
  const marker = '#';
  const event = sessionEvent(aCheckout(number), { session: { client_reference_id: marker } });
  const written = JSON.stringify(event, null, 3)
    // CJK as it is, an é of two characters, an escaped letter and an escaped slash.
    .replace(`"${marker}"`, '"荔枝角 cafe\u0301 \\u0041 \\/ 👋"')
    .replace('"amount_total": 50000', '"amount_total":\t5.0000e4');
  return `\r\n${written}\n`;
}

type Encode = (body: string) => { body: string; isBase64Encoded: boolean };
const asText: Encode = (body) => ({ body, isBase64Encoded: false });
const asBase64: Encode = (body) => ({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true });

/** A request as API Gateway passes it on: payload format 2.0. */
function gatewayEvent(body: string, type: string | undefined, encode: Encode, signature = sign(body)) {
  return {
    version: '2.0',
    routeKey: 'POST /stripe/webhook',
    rawPath: '/stripe/webhook',
    rawQueryString: '',
    headers: {
      ...(type && { 'content-type': type }),
      'content-length': String(Buffer.byteLength(body)),
      host: 'give.example.org',
      'stripe-signature': signature,
      'x-forwarded-proto': 'https',
    },
    requestContext: {
      accountId: '111122223333',
      apiId: 'api',
      domainName: 'give.example.org',
      domainPrefix: 'give',
      http: {
        method: 'POST',
        path: '/stripe/webhook',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.7',
        userAgent: 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      requestId: 'request',
      routeKey: 'POST /stripe/webhook',
      stage: '$default',
      time: '22/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_795_348_800_000,
    },
    ...encode(body),
  };
}

/** Ways to lose the bytes; each is a fault that another project's webhook had. */
const naive: Readonly<Record<string, (event: { body: string }) => string>> = {
  'the base64 text is taken for the body': ({ body }) => body,
  'bytes are read one character each': ({ body }) => Buffer.from(body, 'base64').toString('latin1'),
  'the body is parsed and written again': ({ body }) =>
    JSON.stringify(JSON.parse(Buffer.from(body, 'base64').toString())),
  'the text is normalised': ({ body }) => Buffer.from(body, 'base64').toString().normalize('NFC'),
  'white space around it is cut': ({ body }) => Buffer.from(body, 'base64').toString().trim(),
};

/** The function as it is deployed, on a table of the file. */
const it = test.extend('webhook', { scope: 'file' }, async ({}, { onCleanup }) => {
  const table = await freshTable();
  // The handler reads its signing secret from Systems Manager: here stands the one answer that it asks for.
  const parameters = createServer((_request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ Parameter: { Name: '/secret', Value: secret } }));
  });
  await new Promise<void>((resolve) => parameters.listen(0, '127.0.0.1', resolve));
  const variables = {
    TABLE_NAME: table.name,
    STRIPE_WEBHOOK_SECRET_PARAMETER: '/secret',
    STRIPE_LIVEMODE: 'false',
    AWS_REGION: 'ap-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodbUrl'),
    AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${(parameters.address() as AddressInfo).port}`,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onCleanup(() => {
    vi.unstubAllEnvs();
    parameters.closeAllConnections();
    parameters.close();
  });
  // Test files of a worker share modules: this one's client of the parameter store is to be made for this store.
  vi.resetModules();
  // The entry's type is of an event that API Gateway has read; this one is as it came.
  const { handler } = (await import('../../functions/stripe-webhook.ts')) as unknown as {
    handler: (event: unknown) => Promise<{ statusCode: number; body: string }>;
  };
  return { table, handler };
});

describe('failure 16: the raw body was lost in API Gateway, so no signature held', () => {
  it.each(Object.entries(naive))('would happen again if %s', (_name, decode) => {
    const body = bodyOf(1);
    const verify = (payload: string) => Stripe.webhooks.constructEvent(payload, sign(body), secret);
    expect(verify(body).type).toBe('checkout.session.completed');
    expect(() => verify(decode(asBase64(body)))).toThrow(Stripe.errors.StripeSignatureVerificationError);
  });

  it.for<[string, string | undefined, string, Encode, number]>([
    ['JSON', 'application/json; charset=utf-8', 'text', asText, 11],
    ['JSON', 'application/json', 'base64', asBase64, 12],
    ['bytes', 'application/octet-stream', 'base64', asBase64, 13],
    ['text', 'text/plain', 'text', asText, 14],
    ['no type', undefined, 'base64', asBase64, 15],
    ['no type', undefined, 'text', asText, 16],
  ])(
    'does not: the handler books an event sent as %s (%s), handed over as %s',
    async (given, { webhook }) => {
      const { table, handler } = webhook;
      const [, type, , encode, number] = given;
      await store(table, aCheckout(number));
      const answer = await handler(gatewayEvent(bodyOf(number), type, encode));
      expect([answer.statusCode, answer.body]).toEqual([200, JSON.stringify({ outcome: 'booked' })]);
      const gifts = await everything(table, 'payment');
      expect(gifts.filter(({ checkoutId }) => checkoutId === aCheckout(number).id)).toHaveLength(1);
    },
  );

  it('does not hide a forgery: one changed byte is refused, in either form', async ({
    webhook: { handler },
  }) => {
    const signature = sign(bodyOf(2));
    for (const encode of [asText, asBase64]) {
      const changed = bodyOf(2).replace('5.0000e4', '9.0000e4');
      expect(changed).not.toBe(bodyOf(2));
      const answer = await handler(gatewayEvent(changed, 'application/json', encode, signature));
      expect(answer.statusCode).toBe(400);
    }
  });
});
