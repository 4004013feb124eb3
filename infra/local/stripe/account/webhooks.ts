import { createHmac } from 'node:crypto';
import { newId } from './ids.ts';
import type { Schedule } from './schedule.ts';
import type { AccountSettings } from './settings.ts';
import type { Delivery, Store, StoredEvent } from './store.ts';

/** Where webhooks go and what signs them. */
export interface WebhookEndpoint {
  readonly url: () => string;
  readonly secret: string;
}

/** Signs as Stripe does: `t` in Unix seconds and `v1` as HMAC-SHA256 of `t.body`. */
function signatureHeader(body: string, secret: string, timestamp: number): string {
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return `t=${timestamp},v1=${digest}`;
}

/**
 * Sends events to the webhook and tries again, with growing pauses, until it answers 2xx. While deliveries are held,
 * new events wait until they are released, in any order.
 */
export class Webhooks {
  readonly #store: Store;
  readonly #schedule: Schedule;
  readonly #settings: AccountSettings;
  readonly #endpoint: WebhookEndpoint;
  readonly #now: () => number;
  readonly #closing = new AbortController();
  isHolding = false;

  /** @param now milliseconds of the clock */
  constructor(
    store: Store,
    schedule: Schedule,
    settings: AccountSettings,
    endpoint: WebhookEndpoint,
    now: () => number,
  ) {
    this.#store = store;
    this.#schedule = schedule;
    this.#settings = settings;
    this.#endpoint = endpoint;
    this.#now = now;
  }

  /** Takes a new event: sends it at once, or holds it. */
  announce(event: StoredEvent): void {
    const delivery = this.#plan(event);
    if (this.isHolding) {
      delivery.state = 'held';
      return;
    }
    this.#schedule.track(this.#attempt(delivery));
  }

  /** Sends an event (again) and resolves when its receiver has answered or failed. */
  async send(event: StoredEvent): Promise<Delivery> {
    const delivery = this.#plan(event);
    await this.#attempt(delivery);
    return delivery;
  }

  /** Sends an event (again) after some seconds. */
  sendLater(event: StoredEvent, seconds: number): Delivery {
    const delivery = this.#plan(event);
    this.#wait(delivery, seconds);
    return delivery;
  }

  held(): Delivery[] {
    return this.#store.deliveries
      .newestFirst()
      .filter((delivery) => delivery.state === 'held')
      .reverse();
  }

  /** Sends held deliveries one after another, in the order given, and stops holding once none is left. */
  async release(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) {
      if (delivery.state === 'held') await this.#attempt(delivery);
    }
    if (this.held().length === 0) this.isHolding = false;
  }

  /** Breaks off what is being sent. */
  close(): void {
    this.#closing.abort();
  }

  #plan(event: StoredEvent): Delivery {
    return this.#store.deliveries.add({
      id: newId('whd'),
      event: event.id,
      type: event.type,
      state: 'sending',
      attempts: 0,
      due: null,
      status: null,
      reason: null,
      tries: [],
    });
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const event = this.#store.events.find(delivery.event);
    if (!event) return;
    delivery.state = 'sending';
    delivery.due = null;
    delivery.attempts += 1;
    try {
      delivery.status = await this.#post(event);
      delivery.reason = isSuccess(delivery.status) ? null : `answered ${delivery.status}`;
    } catch (error) {
      delivery.status = 0;
      delivery.reason = describe(error);
    }
    delivery.tries.push({ at: Math.floor(this.#now() / 1000), status: delivery.status });
    if (isSuccess(delivery.status)) {
      delivery.state = 'delivered';
      event.pending_webhooks = 0;
      return;
    }
    const pause = this.#settings.retryDelays[delivery.attempts - 1];
    if (pause === undefined || this.#closing.signal.aborted) delivery.state = 'failed';
    else this.#wait(delivery, pause);
  }

  #wait(delivery: Delivery, seconds: number): void {
    delivery.state = 'waiting';
    delivery.due = Math.floor(this.#now() / 1000) + seconds;
    this.#schedule.add(seconds, () => this.#attempt(delivery));
  }

  async #post(event: StoredEvent): Promise<number> {
    // A receiver sees the count from before its own answer, as with Stripe.
    const body = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
    const response = await fetch(this.#endpoint.url(), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signatureHeader(body, this.#endpoint.secret, Math.floor(Date.now() / 1000)),
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      body,
      signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(this.#settings.webhookTimeout)]),
    });
    await response.arrayBuffer();
    return response.status;
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
