import { Resend } from 'resend';
import { type LocalResend, startLocalResend } from '../../resend/server.ts';

export const second = 1000;
export const hour = 3600 * second;

/** An email that the local Resend takes. */
export const mail = {
  from: 'Example Charity <thanks@example.org>',
  to: 'ada@example.com',
  subject: 'Thank you',
  html: '<p>Thank you</p>',
  text: 'Thank you',
};

const apiKey = 're_local_test';

/** A local Resend with a clock of its own and Resend's real SDK in front of it. */
export class ResendUnderTest {
  /** Milliseconds since 1970; only tests move it. */
  clock = Date.parse('2026-04-17T13:04:00Z');
  /** Awaited before an email is taken. */
  accepting: () => Promise<void> = async () => {};
  sdk = new Resend(apiKey);
  private server: LocalResend | undefined;

  static async start(): Promise<ResendUnderTest> {
    const local = new ResendUnderTest();
    local.server = await startLocalResend({
      port: { port: 0 },
      apiKey,
      now: () => local.clock,
      accepting: () => local.accepting(),
    });
    local.sdk = new Resend(apiKey, { baseUrl: local.url });
    return local;
  }

  get url(): string {
    if (!this.server) throw new Error('The local Resend was not started.');
    return this.server.url;
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  /** Posts any JSON, past the types of the SDK, and each time in a new second. */
  async post(body: unknown, headers: Record<string, string> = {}, path = '/emails') {
    this.clock += second;
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  /** How many mails the inbox holds. */
  async inboxTotal(): Promise<number> {
    const response = await fetch(`${this.url}/api/v1/messages`);
    return ((await response.json()) as { total: number }).total;
  }
}
