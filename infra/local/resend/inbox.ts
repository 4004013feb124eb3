import { randomUUID } from 'node:crypto';
import type { Email } from './email.ts';
import { type HeaderLine, headerLines, source } from './mime.ts';

/** An email in the inbox. */
export interface Message {
  /** The id that Resend's API answered with. */
  readonly id: string;
  /** The Message-ID header without its angle brackets. */
  readonly messageId: string;
  readonly acceptedAt: Date;
  readonly email: Email;
  readonly headers: readonly HeaderLine[];
  /** The message as it would go over SMTP. */
  readonly source: string;
  read: boolean;
}

/** The inbox of the local Resend: everything that was accepted, in memory. */
export class Inbox {
  private readonly messages = new Map<string, Message>();
  private readonly now: () => number;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.now = now;
  }

  add(email: Email): Message {
    const id = randomUUID();
    const messageId = `${id}@resend.local`;
    const acceptedAt = new Date(this.now());
    const headers = headerLines(email, messageId, acceptedAt);
    const message = {
      id,
      messageId,
      acceptedAt,
      email,
      headers,
      source: source(email, headers),
      read: false,
    };
    this.messages.set(id, message);
    return message;
  }

  get(id: string): Message | undefined {
    return this.messages.get(id);
  }

  /** Newest first. */
  list(): Message[] {
    return [...this.messages.values()].reverse();
  }

  /** Deletes the named messages, or all of them. */
  delete(ids?: readonly string[]): void {
    for (const id of ids ?? [...this.messages.keys()]) this.messages.delete(id);
  }
}
