import fc from 'fast-check';
import { handle } from 'hono/aws-lambda';
import { describe, expect, vi } from 'vitest';
import { createResendWebhookApp } from '#apps/webhooks/resend-webhook-app.ts';
import { createWebhookApp } from '#apps/webhooks/webhook-app.ts';
import { signatureHeaders } from '../../infra/local/resend/webhooks.ts';
import { type HttpHandler, httpEvent } from '../bench/http-event.ts';
import { aCheckout, now, sessionEvent, sign } from '../support/payments.ts';
import { story } from '../support/story.ts';
import { everything, freshTable } from '../support/table.ts';

const stripeSecret = 'whsec_of_strangers';
const resendSecret = `whsec_${Buffer.from('a secret of the test').toString('base64')}`;

const lines: string[] = [];

const it = story.extend('webhooks', { scope: 'file' }, async ({}, { onCleanup }) => {
  const table = await freshTable();

  const clock = () => now;
  const stripe = createWebhookApp({
    table,
    signingSecret: async () => stripeSecret,
    livemode: false,
    clock,
    random: Math.random,
  });
  // Resend's package holds the time in the headers against the machine's own clock.
  const resend = createResendWebhookApp({
    table,
    signingSecret: async () => resendSecret,
    clock: () => new Date(),
  });
  const doors = { stripe: handle(stripe) as HttpHandler, resend: handle(resend) as HttpHandler };
  for (const name of ['log', 'error'] as const) {
    vi.spyOn(console, name).mockImplementation((line: unknown) => void lines.push(String(line)));
  }
  onCleanup(() => void vi.restoreAllMocks());

  async function answerOf(
    door: 'stripe' | 'resend',
    headers: Readonly<Record<string, string>>,
    sent: { readonly text?: string | undefined; readonly base64?: string | undefined },
  ) {
    const made = httpEvent('POST', `/${door}/webhook`, sent.base64 ?? sent.text, headers);
    return doors[door]({ ...made, isBase64Encoded: sent.base64 !== undefined });
  }

  return { answerOf, table };
});

const event = JSON.stringify(sessionEvent(aCheckout(1)));
const seconds = Math.floor(Date.now() / 1000);
const right = sign(event, { secret: stripeSecret });

/** What API Gateway may put into a header: any text of one line. */
const headerText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll(/[\r\n\0]/g, '')),
  fc.constantFrom('', ' ', ',', '=', 'null', 'undefined', '[object Object]', '"', '\ufeff', '0', '-1'),
  fc.nat({ max: 9000 }).map((length) => 'v1='.padEnd(length, 'a')),
);
const digits = fc.oneof(
  fc.constantFrom(
    '',
    'NaN',
    '-1',
    '0',
    '1',
    '1e309',
    'Infinity',
    `${seconds}`,
    `${seconds}.5`,
    '0x10',
    '９９',
  ),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
);
const hex = fc.oneof(
  fc.constantFrom('', '0', 'a'.repeat(64), 'A'.repeat(64), 'é'.repeat(64), 'g'.repeat(64)),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 60, maxLength: 68 }),
  headerText,
);
const part = fc.oneof(
  digits.map((time) => `t=${time}`),
  hex.map((signature) => `v1=${signature}`),
  hex.map((signature) => `v0=${signature}`),
  headerText,
  fc.constantFrom('v1', 't', '=', 'v1=', 't=', `t=${seconds}`, 'v1==', ' v1=', 'V1=aa', right.slice(0, -1)),
);
const stripeHeader = fc.oneof(
  headerText,
  fc.array(part, { maxLength: 12 }).map((parts) => parts.join(',')),
);

/** Bodies as the function gets them: text, or base64 of any bytes. */
const body = fc.oneof(
  fc.constantFrom(undefined, '', event, `\ufeff${event}`, 'null', '[]', '{}', '"', '['.repeat(9000)),
  fc.string({ maxLength: 200 }),
  fc.json(),
);
const bytes = fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each).toString('base64'));
const contentType = fc.oneof(
  fc.constantFrom(
    'application/json',
    'text/plain; charset=utf-16',
    'multipart/form-data',
    '',
    ';',
    'image/png',
  ),
  headerText,
);
const otherHeaders = fc.record(
  {
    'content-type': contentType,
    'content-length': digits,
    'content-encoding': fc.constantFrom('gzip', 'br', 'identity', 'x'),
    'transfer-encoding': fc.constantFrom('chunked', 'x'),
    host: headerText,
    expect: headerText,
  },
  { requiredKeys: [] },
);

const isRefused = (status: number) => status >= 400 && status < 500;

describe('what a stranger sends to', () => {
  it("Stripe's webhook is answered 4xx, whatever the headers and the bytes are, and nothing is written", async ({
    webhooks: { answerOf, table },
  }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(stripeHeader, { nil: undefined }),
        fc.oneof(
          body.map((text) => ({ text })),
          bytes.map((base64) => ({ base64 })),
        ),
        otherHeaders,
        async (signature, sent, headers) => {
          const all = { ...headers, ...(signature !== undefined && { 'stripe-signature': signature }) };
          const { statusCode } = await answerOf('stripe', all, sent);
          expect(isRefused(statusCode), String(statusCode)).toBe(true);
        },
      ),
      {
        numRuns: 2000,
        seed: 6,
        examples: [
          ['t=1,v1=', { text: event }, {}],
          ['t=1,v1=', { text: '' }, {}],
          [`t=${seconds},v1`, { text: event }, {}],
        ],
      },
    );
    expect(await everything(table)).toEqual([]);
  });

  it("Resend's webhook is answered 4xx, whatever the headers and the bytes are, and nothing is written", async ({
    webhooks: { answerOf, table },
  }) => {
    const good = signatureHeaders('{}', 'msg_1', { secret: resendSecret });
    const signatures = fc.oneof(
      headerText,
      hex.map((each) => `v1,${each}`),
      fc.constantFrom(
        'v1',
        'v1,',
        'v1,v1,',
        ' v1, ',
        'v2,abc',
        `${good['svix-signature']} v1,`,
        good['svix-signature'] ?? '',
      ),
    );
    const svix = fc.record(
      {
        'svix-id': fc.oneof(headerText, fc.constant('msg_1')),
        'svix-timestamp': digits,
        'svix-signature': signatures,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        svix,
        fc.oneof(
          body.map((text) => ({ text })),
          bytes.map((base64) => ({ base64 })),
        ),
        otherHeaders,
        async (signature, sent, headers) => {
          const { statusCode } = await answerOf('resend', { ...headers, ...signature }, sent);
          expect(isRefused(statusCode), String(statusCode)).toBe(true);
        },
      ),
      { numRuns: 1000, seed: 6 },
    );
    expect(await everything(table)).toEqual([]);
  });

  it('either leaves one line for each refusal, with its kind, and nothing of what was sent', async ({
    webhooks: { answerOf },
  }) => {
    lines.splice(0);
    const secretText = 'juniper@example.org';
    const old = new Date(Date.now() - 301_000);
    const reported = async (signature: string | undefined) => {
      await answerOf('stripe', signature === undefined ? {} : { 'stripe-signature': signature }, {
        text: `{"to":"${secretText}"}`,
      });
      return lines.splice(0).map((line) => JSON.parse(line) as unknown);
    };
    const line = (fault: string) => [{ level: 'warn', event: 'stripe-signature-refused', fault }];
    expect(await reported(undefined)).toEqual(line('missing'));
    expect(await reported(`t=1,v1=,${secretText}`)).toEqual(line('malformed'));
    expect(await reported(sign(event, { secret: stripeSecret, at: old }))).toEqual(line('old'));
    expect(await reported(sign(event, { secret: stripeSecret }))).toEqual(line('mismatch'));
    await answerOf(
      'resend',
      { 'svix-id': secretText, 'svix-timestamp': `${seconds}`, 'svix-signature': 'v1,' },
      { text: '{}' },
    );
    await answerOf('resend', { 'svix-id': secretText }, { text: '{}' });
    expect(lines.splice(0).map((each) => JSON.parse(each) as unknown)).toEqual([
      { level: 'warn', event: 'resend-signature-refused', fault: 'mismatch' },
      { level: 'warn', event: 'resend-signature-refused', fault: 'missing' },
    ]);
  });

  it("Stripe's webhook still passes for Stripe's with several signatures, one of which is right", async ({
    webhooks: { answerOf },
  }) => {
    const [time, signature] = right.split(',');
    const headers = { 'stripe-signature': `${time},v0=,v1=,v1=${'0'.repeat(64)},${signature}` };
    expect((await answerOf('stripe', headers, { text: event })).statusCode).toBe(200);
  });
});
