import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hour, mail, ResendUnderTest, second } from './support/resend-under-test.ts';

let local: ResendUnderTest;
beforeEach(async () => {
  local = await ResendUnderTest.start();
});
afterEach(() => local.close());

describe('Idempotency-Key', () => {
  it('answers a repeat with the same id for 24 hours and sends nothing again', async () => {
    const first = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    local.clock += 24 * hour - 1;
    const repeat = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    expect(repeat.data).toEqual(first.data);
    expect(await local.inboxTotal()).toBe(1);
  });

  it('forgets the key at 24 hours and sends again', async () => {
    const first = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    local.clock += 24 * hour;
    const later = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    expect(later.data?.id).not.toBe(first.data?.id);
    expect(await local.inboxTotal()).toBe(2);
  });

  it('refuses the key of another payload with 409', async () => {
    await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    const { error } = await local.sdk.emails.send({ ...mail, text: 'Other' }, { idempotencyKey: 'gift_1' });
    expect(error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' });
    expect(await local.inboxTotal()).toBe(1);
  });

  it('refuses a second request while the first is running with 409, and replays it afterwards', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const entered = new Promise<void>((resolve) => {
      local.accepting = () => {
        resolve();
        return held;
      };
    });
    const first = local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    await entered;
    const meanwhile = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    expect(meanwhile.error).toMatchObject({ statusCode: 409, name: 'concurrent_idempotent_requests' });
    release();
    const { data } = await first;
    local.clock += second;
    const afterwards = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    expect(afterwards.data).toEqual(data);
    expect(await local.inboxTotal()).toBe(1);
  });

  it('leaves the key free when the request was refused', async () => {
    const refused = await local.post({ ...mail, to: 'nobody' }, { 'idempotency-key': 'gift_1' });
    expect(refused.status).toBe(422);
    const { error } = await local.sdk.emails.send(mail, { idempotencyKey: 'gift_1' });
    expect(error).toBeNull();
  });

  it('takes 1 to 256 characters', async () => {
    for (const [length, status] of [
      [0, 400],
      [1, 200],
      [256, 200],
      [257, 400],
    ] as const) {
      const answer = await local.post(mail, { 'idempotency-key': 'k'.repeat(length) });
      expect(answer.status, `${length} characters`).toBe(status);
    }
  });
});

describe('rate limit', () => {
  it('lets two requests a second through and tells a third when to come back', async () => {
    const first = await local.sdk.emails.send(mail);
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '1',
    });
    expect(first.headers).not.toHaveProperty('retry-after');
    local.clock += 400;
    const next = await local.sdk.emails.send(mail);
    expect(next.headers).toMatchObject({ 'ratelimit-remaining': '0' });
    const refused = await local.sdk.emails.send(mail);
    expect(refused.error).toMatchObject({ statusCode: 429, name: 'rate_limit_exceeded' });
    expect(refused.headers).toMatchObject({ 'ratelimit-remaining': '0', 'retry-after': '1' });
    local.clock += 600;
    expect((await local.sdk.emails.send(mail)).error).toBeNull();
    expect(await local.inboxTotal()).toBe(3);
  });
});
