import { Resend } from 'resend';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalResend, startLocalResend } from '../resend/server.ts';
import { type RunningServer, serveLocally } from '../serve.ts';

const secret = `whsec_${Buffer.from('a secret of the test').toString('base64')}`;
const apiKey = 're_local_test';
const verifier = new Resend(apiKey).webhooks;

interface Received {
  readonly type: string;
  readonly data: { readonly email_id: string; readonly tags: Record<string, string> };
}

let endpoint: RunningServer;
let local: LocalResend;
let received: Received[];
let ids: string[];
let answers: number[];
beforeEach(async () => {
  [received, ids, answers] = [[], [], []];
  endpoint = await serveLocally(
    async (request) => {
      const header = (name: string) => request.headers.get(name) ?? '';
      const headers = {
        id: header('svix-id'),
        timestamp: header('svix-timestamp'),
        signature: header('svix-signature'),
      };
      // The package's own check: what it does not take throws, and is answered 500.
      received.push(
        verifier.verify({ payload: await request.text(), headers, webhookSecret: secret }) as Received,
      );
      ids.push(headers.id);
      return new Response(null, { status: answers.shift() ?? 200 });
    },
    { port: 0 },
  );
  local = await startLocalResend({
    port: { port: 0 },
    apiKey,
    webhook: { url: endpoint.url, secret, pauses: [1, 1] },
  });
});
afterEach(async () => {
  await local.close();
  await endpoint.close();
});

async function send(to: string): Promise<string> {
  const { data } = await new Resend(apiKey, { baseUrl: local.url }).emails.send({
    from: 'thanks@example.org',
    to,
    subject: 'Thank you',
    text: 'Thank you',
    tags: [{ name: 'checkout', value: 'chk_1' }],
  });
  return data?.id ?? '';
}
const types = () => received.map(({ type }) => type).sort();

describe("the local Resend's events", () => {
  it.each([
    ['delivered@resend.dev', ['email.delivered']],
    ['bounced@resend.dev', ['email.bounced']],
    ['bounced+label@resend.dev', ['email.bounced']],
    ['complained+label@resend.dev', ['email.complained', 'email.delivered']],
    ['suppressed@resend.dev', ['email.suppressed']],
    ['bounced@example.org', ['email.delivered']],
  ])(
    'for a mail to %s are %j, signed so that the package takes them, with the tags of the mail',
    async (to, expected) => {
      const id = await send(to);
      await expect.poll(types).toEqual(expected);
      for (const { data } of received)
        expect(data).toMatchObject({ email_id: id, tags: { checkout: 'chk_1' } });
    },
  );

  it('come again under the same id until they are answered 2xx, a few times', async () => {
    answers = [500, 503];
    await send('bounced@resend.dev');
    await expect.poll(types).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    answers = Array<number>(9).fill(500);
    await send('delivered@resend.dev');
    const inbox = async () => (await fetch(`${local.url}/messages/${await newest()}`)).text();
    await expect.poll(inbox).toContain('webhook failed, answered 500, attempt 3');
  });

  it('are made by the buttons of the inbox, and not by a page of another site', async () => {
    const id = await send('juniper@example.org');
    await expect.poll(types).toEqual(['email.delivered']);
    const press = (name: string, origin: string) =>
      fetch(`${local.url}/messages/${id}/fate`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin },
        body: new URLSearchParams({ name }),
      });
    expect((await press('bounced', 'https://example.org')).status).toBe(403);
    expect((await press('eaten', local.url)).status).toBe(422);
    expect((await press('bounced', local.url)).status).toBe(303);
    await expect.poll(types).toEqual(['email.bounced', 'email.delivered']);
  });
});

async function newest(): Promise<string> {
  const answer = await fetch(`${local.url}/api/v1/messages`);
  return ((await answer.json()) as { messages: { ID: string }[] }).messages[0]?.ID ?? '';
}
