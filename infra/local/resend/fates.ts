import type { Message } from './inbox.ts';
import type { Delivery, MailWebhooks } from './webhooks.ts';

/** What can become of a mail after it was taken. */
export const fateNames = ['delivered', 'bounced', 'complained', 'suppressed', 'failed'] as const;

export type FateName = (typeof fateNames)[number];

/** What became of a mail, and how its event got to the webhook. */
export interface Fate {
  readonly name: FateName;
  readonly at: Date;
  /** Undefined when there is no webhook. */
  readonly delivery: Delivery | undefined;
}

// The addresses for tests: a label may stand after a plus sign (resend.com/docs/dashboard/emails/send-test-emails).
const testAddress = /^(delivered|bounced|complained|suppressed)(?:\+[^@]*)?@resend\.dev$/i;

/** What belongs to one fate beside what every event says (types of the resend package, 6.38). */
const details: Readonly<Record<FateName, object>> = {
  delivered: {},
  bounced: {
    bounce: {
      type: 'Permanent',
      subType: 'General',
      message: "The recipient's email provider sent a hard bounce message.",
    },
  },
  complained: {},
  suppressed: { suppressed: { type: 'OnAccountSuppressionList', message: 'The address bounced before.' } },
  failed: { failed: { reason: 'A button of the local inbox did this.' } },
};

/** The fates of all mails: by themselves for the test addresses, else `delivered`, and by the inbox's buttons. */
export class Fates {
  readonly #now: () => number;
  readonly #webhooks: MailWebhooks | undefined;
  readonly #fates = new Map<string, Fate[]>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number, webhooks: MailWebhooks | undefined) {
    this.#now = now;
    this.#webhooks = webhooks;
  }

  /** Lets a mail that was just taken have the fate of its address. */
  accept(message: Message): void {
    const address = message.email.to[0]?.Address ?? '';
    const name = (testAddress.exec(address)?.[1]?.toLowerCase() ?? 'delivered') as FateName;
    if (name === 'complained') this.happen(message, 'delivered');
    this.happen(message, name);
  }

  /** Lets something happen to a mail and sends its event to the webhook. */
  happen(message: Message, name: FateName): Fate {
    const at = new Date(this.#now());
    const fate = { name, at, delivery: this.#webhooks?.send(eventOf(message, name, at)) };
    this.#fates.set(message.id, [...this.of(message), fate]);
    return fate;
  }

  /** What happened to a mail, in order. */
  of(message: Message): readonly Fate[] {
    return this.#fates.get(message.id) ?? [];
  }

  /** What happened last, in the words of Resend's `last_event`. */
  lastOf(message: Message): string {
    return this.of(message).at(-1)?.name ?? 'sent';
  }
}

function eventOf({ id, messageId, acceptedAt, email }: Message, name: FateName, at: Date) {
  const { from, to, subject, tags } = email;
  return {
    type: `email.${name}`,
    created_at: at.toISOString(),
    data: {
      created_at: acceptedAt.toISOString(),
      email_id: id,
      message_id: `<${messageId}>`,
      from: from.Name ? `${from.Name} <${from.Address}>` : from.Address,
      to: to.map(({ Address }) => Address),
      subject,
      tags: Object.fromEntries(tags.map((tag) => [tag.name, tag.value])),
      ...details[name],
    },
  };
}
