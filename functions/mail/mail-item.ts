import type { GiftReceived } from '../../emails/gift-received.tsx';
import { keys } from '../table/keys.ts';
import type { OutboxTemplate } from '../table/outbox.ts';
import type { Item } from '../table/table.ts';

/** The facts that a mail's first attempt was made of, so that every later attempt sends the same bytes. */
export interface MailAttempt {
  readonly checkoutId: string;
  readonly template: OutboxTemplate;
  readonly firstAttemptAt: Date;
  readonly to: string;
  readonly facts: GiftReceived;
}

/** The item of a mail's first attempt; it stands with the person's data and is erased with it. */
export function toMailItem(attempt: MailAttempt): Item {
  return {
    ...keys.personMail(attempt.checkoutId, attempt.template),
    entity: 'mail',
    v: 1,
    checkoutId: attempt.checkoutId,
    template: attempt.template,
    firstAttemptAt: attempt.firstAttemptAt.toISOString(),
    to: attempt.to,
    facts: attempt.facts,
  };
}

/** Reads a mail's first attempt. */
export function fromMailItem(item: Item): MailAttempt {
  return {
    checkoutId: item.checkoutId as string,
    template: item.template as OutboxTemplate,
    firstAttemptAt: new Date(item.firstAttemptAt as string),
    to: item.to as string,
    facts: item.facts as GiftReceived,
  };
}
