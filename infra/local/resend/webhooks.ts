import { createHmac } from 'node:crypto';

/** Where events go and what signs them. */
export interface WebhookEndpoint {
  readonly url: string;
  /** `whsec_` and base64, as Resend shows it. */
  readonly secret: string;
  /** Milliseconds between attempts; Resend's own are seconds to hours (resend.com/docs/webhooks/retries-and-replays). */
  readonly pauses?: readonly number[];
}

/** An event on its way to the endpoint, or there. */
export interface Delivery {
  readonly type: string;
  state: 'sending' | 'delivered' | 'failed';
  attempts: number;
  /** What the endpoint answered last; 0 for no answer. */
  status: number;
}

/** Signs as Resend does (Standard Webhooks): HMAC-SHA256 of id, Unix seconds and body under the decoded secret. */
export function signatureHeaders(
  body: string,
  id: string,
  { secret, at = new Date() }: { readonly secret: string; readonly at?: Date },
): Record<'svix-id' | 'svix-timestamp' | 'svix-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${digest}` };
}

const usualPauses = [200, 1000, 5000, 30_000];

/** Sends events to the endpoint and tries again a few times until it answers 2xx. */
export class MailWebhooks {
  readonly #endpoint: WebhookEndpoint;
  readonly #closing = new AbortController();
  #sent = 0;

  constructor(endpoint: WebhookEndpoint) {
    this.#endpoint = endpoint;
  }

  /** Begins to send; what becomes of it can be read from the delivery. */
  send(event: { readonly type: string }): Delivery {
    const delivery: Delivery = { type: event.type, state: 'sending', attempts: 0, status: 0 };
    this.#sent += 1;
    const id = `msg_${Date.now().toString(36)}_${this.#sent}`;
    void this.#attempt(delivery, id, JSON.stringify(event));
    return delivery;
  }

  /** Breaks off what is being sent. */
  close(): void {
    this.#closing.abort();
  }

  async #attempt(delivery: Delivery, id: string, body: string): Promise<void> {
    delivery.attempts += 1;
    delivery.status = await this.#post(id, body).catch(() => 0);
    if (delivery.status >= 200 && delivery.status < 300) {
      delivery.state = 'delivered';
      return;
    }
    const pause = (this.#endpoint.pauses ?? usualPauses)[delivery.attempts - 1];
    if (pause === undefined || this.#closing.signal.aborted) {
      delivery.state = 'failed';
      return;
    }
    const timer = setTimeout(() => void this.#attempt(delivery, id, body), pause);
    this.#closing.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  async #post(id: string, body: string): Promise<number> {
    const response = await fetch(this.#endpoint.url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Svix-Webhooks/1.0 (local Resend)',
        ...signatureHeaders(body, id, this.#endpoint),
      },
      body,
      signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(15_000)]),
    });
    await response.arrayBuffer();
    return response.status;
  }
}
