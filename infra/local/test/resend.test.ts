import { Resend } from 'resend';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mail, ResendUnderTest, second } from './support/resend-under-test.ts';

let local: ResendUnderTest;
beforeEach(async () => {
  local = await ResendUnderTest.start();
});
afterEach(() => local.close());

describe('sending', () => {
  it("takes the SDK's email and returns it by its id", async () => {
    const sent = await local.sdk.emails.send({
      ...mail,
      replyTo: ['hello@example.org'],
      headers: { 'X-Entity-Ref-ID': 'gift_1' },
      tags: [{ name: 'template', value: 'gift-received' }],
    });
    expect(sent.error).toBeNull();
    const { data } = await local.sdk.emails.get(sent.data?.id ?? '');
    expect(data).toMatchObject({
      object: 'email',
      id: sent.data?.id,
      from: mail.from,
      to: [mail.to],
      reply_to: ['hello@example.org'],
      cc: null,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      tags: [{ name: 'template', value: 'gift-received' }],
      created_at: '2026-04-17T13:04:00.000Z',
    });
  });

  it('answers 404 for an email that it never took', async () => {
    const { error } = await local.sdk.emails.get('none');
    expect(error).toMatchObject({ statusCode: 404, name: 'not_found' });
  });

  it('names an endpoint of Resend that it does not have', async () => {
    const { error } = await local.sdk.emails.cancel('some-id');
    expect(error).toMatchObject({ statusCode: 404, name: 'not_found' });
    expect(error?.message).toContain('POST /emails/some-id/cancel');
  });

  it('refuses a call without a key and with a wrong key', async () => {
    const without = await fetch(`${local.url}/emails`, { method: 'POST', body: JSON.stringify(mail) });
    expect(without.status).toBe(401);
    expect(await without.json()).toMatchObject({ statusCode: 401, name: 'missing_api_key' });
    const wrong = await new Resend('re_wrong', { baseUrl: local.url }).emails.send(mail);
    expect(wrong.error).toMatchObject({
      statusCode: 401,
      name: 'validation_error',
      message: 'API key is invalid',
    });
    expect(await local.inboxTotal()).toBe(0);
  });
});

describe('batch', () => {
  it("takes the SDK's batch under one key and answers one id an email, in order", async () => {
    const batch = [mail, { ...mail, subject: 'Second' }];
    const sent = await local.sdk.batch.send(batch, { idempotencyKey: 'batch_1' });
    const repeat = await local.sdk.batch.send(batch, { idempotencyKey: 'batch_1' });
    expect(repeat.data).toEqual(sent.data);
    local.clock += second;
    const { data } = await local.sdk.emails.get(sent.data?.data[1]?.id ?? '');
    expect(data?.subject).toBe('Second');
    expect(await local.inboxTotal()).toBe(2);
  });

  it.each([
    ['an empty batch', []],
    ['101 emails', Array.from({ length: 101 }, () => mail)],
    ['an attachment', [{ ...mail, attachments: [{ filename: 'a', content: 'YQ==' }] }]],
    ['one bad email among good ones', [mail, { ...mail, to: 'nobody' }]],
  ])('refuses %s and takes nothing', async (_, batch) => {
    const { status, body } = await local.post(batch, {}, '/emails/batch');
    expect(status).toBe(422);
    expect(body).toMatchObject({ name: 'validation_error' });
    expect(await local.inboxTotal()).toBe(0);
  });

  it('takes the good emails and lists the bad ones when asked to be permissive', async () => {
    const { body } = await local.post(
      [{ ...mail, to: 'nobody' }, mail],
      { 'x-batch-validation': 'permissive' },
      '/emails/batch',
    );
    expect(body).toEqual({
      data: [{ id: expect.any(String) }],
      errors: [{ index: 0, message: expect.stringContaining('`to`') }],
    });
    expect(await local.inboxTotal()).toBe(1);
  });
});

describe('trouble of the account', () => {
  const turn = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${local.url}/__local/trouble`, { method: 'POST', headers, body, redirect: 'manual' });

  it.each([
    ['domain-unverified', 403, 'validation_error', 'The example.org domain is not verified'],
    ['testing-only', 403, 'validation_error', 'only send testing emails to your own'],
    ['key-invalid', 401, 'validation_error', 'API key is invalid'],
    ['key-inactive', 403, 'restricted_api_key', 'API key is not active'],
    ['key-suspended', 403, 'suspended_api_key', 'This API key is suspended'],
    ['daily-quota', 429, 'daily_quota_exceeded', 'daily email sending quota'],
    ['monthly-quota', 429, 'monthly_quota_exceeded', 'monthly email sending quota'],
    ['rate', 429, 'rate_limit_exceeded', 'Too many requests'],
    ['unavailable', 503, 'service_unavailable', 'temporarily unavailable'],
  ])(
    '%s is answered as Resend answers it, until it is turned off',
    async (trouble, statusCode, name, words) => {
      await turn(JSON.stringify({ trouble }));
      const refused = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
      expect(refused.error).toEqual({ statusCode, name, message: expect.stringContaining(words) });
      expect(await local.inboxTotal()).toBe(0);
      await turn('{"trouble":"none"}');
      expect((await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' })).error).toBeNull();
      expect(await local.inboxTotal()).toBe(1);
    },
  );

  it('is turned by the buttons of the inbox page, which says what is on', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: local.url };
    expect((await turn('trouble=daily-quota', form)).status).toBe(303);
    const page = await (await fetch(local.url)).text();
    expect(page).toContain('<strong>Daily quota used up</strong>');
    expect(page).toContain('value="none"');
    expect(await (await fetch(`${local.url}/__local/trouble`)).json()).toEqual({ trouble: 'daily-quota' });
  });

  it.each(['{"trouble":"of mine"}', '{}', 'null', '{'])('refuses %s', async (body) => {
    expect((await turn(body)).status).toBe(422);
    expect((await local.sdk.emails.send(mail)).error).toBeNull();
  });

  it('cannot be turned by a form of another site', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' };
    expect((await turn('trouble=daily-quota', form)).status).toBe(403);
  });
});

describe('outage', () => {
  const turn = (body: unknown) =>
    fetch(`${local.url}/__local/outage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('answers the status that was asked for, takes nothing, and comes back', async () => {
    await turn({ status: 503 });
    const down = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    expect(down.error).toMatchObject({ statusCode: 503, name: 'application_error' });
    expect(await local.inboxTotal()).toBe(0);
    await turn({ status: null });
    const back = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    expect(back.error).toBeNull();
  });

  it('can take an email and lose the answer, so that only the key keeps a retry from sending twice', async () => {
    await turn({ status: 500, accept: true });
    expect((await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' })).error).toMatchObject({
      statusCode: 500,
    });
    await turn({ status: null });
    expect((await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' })).error).toBeNull();
    expect(await local.inboxTotal()).toBe(1);
  });

  it.each([{}, { status: 200 }, { status: '500' }, { status: 500, accept: 1 }])(
    'refuses %j',
    async (body) => {
      expect((await turn(body)).status).toBe(422);
      expect((await local.sdk.emails.send(mail)).error).toBeNull();
    },
  );

  it('cannot be turned by a form of a web page', async () => {
    const response = await fetch(`${local.url}/__local/outage`, { method: 'POST', body: '{"status":500}' });
    expect(response.status).toBe(415);
  });
});
