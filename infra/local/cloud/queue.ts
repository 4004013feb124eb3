import { createHash, randomUUID } from 'node:crypto';

/** A message as a receiver sees it. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
}

interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  visibleAt: number;
  receiptHandle: string;
  firstReceivedAt: number;
  receiveCount: number;
}

/** What of a queue's definition decides its behaviour; times in seconds. */
export interface QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityTimeout: number;
  readonly delay: number;
  readonly retention: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
}

/** One standard SQS queue in memory: visibility, delay, retention and redrive as SQS documents them. */
export class Queue {
  readonly settings: QueueSettings;
  readonly #now: () => number;
  readonly #deadLetter: (message: { body: string }) => void;
  readonly #listeners = new Set<() => void>();
  #messages: StoredMessage[] = [];

  /**
   * @param deadLetter takes a message that was received `maxReceiveCount` times and came back
   * @param now the clock, milliseconds since 1970
   */
  constructor(settings: QueueSettings, deadLetter: (message: { body: string }) => void, now = Date.now) {
    this.settings = settings;
    this.#deadLetter = deadLetter;
    this.#now = now;
  }

  /** @returns the message's id and the MD5 of its body */
  send(body: string, delaySeconds = this.settings.delay): { id: string; md5: string } {
    const now = this.#now();
    const id = randomUUID();
    this.#messages.push({
      id,
      body,
      sentAt: now,
      visibleAt: now + delaySeconds * 1000,
      receiptHandle: '',
      firstReceivedAt: 0,
      receiveCount: 0,
    });
    for (const listener of this.#listeners) listener();
    return { id, md5: md5(body) };
  }

  /** Takes up to `max` visible messages and hides them for `visibilityTimeout` seconds. */
  receive(max: number, visibilityTimeout = this.settings.visibilityTimeout): readonly ReceivedMessage[] {
    const now = this.#now();
    this.#expire(now);
    const taken = this.#messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, max);
    for (const message of taken) {
      message.visibleAt = now + visibilityTimeout * 1000;
      message.receiptHandle = randomUUID();
      message.receiveCount += 1;
      message.firstReceivedAt ||= now;
    }
    return taken.map(({ id, ...message }) => ({ messageId: id, ...message }));
  }

  /** Forgets a message; an old receipt handle, or one already deleted, is no error, as in SQS. */
  delete(receiptHandle: string): void {
    this.#messages = this.#messages.filter((message) => message.receiptHandle !== receiptHandle);
  }

  /** @returns false when no message in flight has this handle */
  changeVisibility(receiptHandle: string, seconds: number): boolean {
    const message = this.#messages.find((other) => other.receiptHandle === receiptHandle);
    if (message) message.visibleAt = this.#now() + seconds * 1000;
    for (const listener of this.#listeners) listener();
    return message !== undefined;
  }

  /** The bodies of all messages in the queue, also of those in flight. */
  bodies(): string[] {
    return this.#messages.map(({ body }) => body);
  }

  counts(): { visible: number; inFlight: number; delayed: number } {
    const now = this.#now();
    this.#expire(now);
    const visible = this.#messages.filter(({ visibleAt }) => visibleAt <= now).length;
    const hidden = this.#messages.filter(({ visibleAt }) => visibleAt > now);
    const inFlight = hidden.filter(({ receiveCount }) => receiveCount > 0).length;
    return { visible, inFlight, delayed: hidden.length - inFlight };
  }

  /** Milliseconds until a message is visible: 0 when one is, undefined when the queue is empty. */
  nextVisible(): number | undefined {
    if (this.#messages.length === 0) return undefined;
    const earliest = this.#messages.reduce((least, { visibleAt }) => Math.min(least, visibleAt), Infinity);
    return Math.max(0, earliest - this.#now());
  }

  /** Calls the listener whenever messages arrive or change their visibility. */
  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Lets the listeners look again, since the clock was moved. */
  ask(): void {
    for (const listener of this.#listeners) listener();
  }

  #expire(now: number): void {
    const { redrive, retention } = this.settings;
    const isDead = (message: StoredMessage) =>
      redrive !== undefined && message.visibleAt <= now && message.receiveCount >= redrive.maxReceiveCount;
    const dead = this.#messages.filter(isDead);
    this.#messages = this.#messages.filter(
      (message) => !isDead(message) && now - message.sentAt < retention * 1000,
    );
    for (const message of dead) this.#deadLetter({ body: message.body });
  }
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
