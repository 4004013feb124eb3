import { isCheckoutId } from '#platform/id-shapes.ts';
import { isMailName, type MailName } from './outbox.ts';

/** Which of whose mails: ids only. */
export interface MailRef {
  readonly checkoutId: string;
  readonly name: MailName;
}

/** The tags that go to Resend with a mail and come back in its events, so that the mail is found without an index. */
export function toTags({ checkoutId, name }: MailRef): { name: string; value: string }[] {
  return [
    { name: 'checkout', value: checkoutId },
    { name: 'mail', value: name },
  ];
}

/** Tags as an event carries them: the package's types say an object, Resend's page on webhook bodies a list. */
type EventTags =
  | Readonly<Record<string, string>>
  | readonly { readonly name: string; readonly value: string }[];

function isList(tags: EventTags | undefined): tags is Extract<EventTags, readonly unknown[]> {
  return Array.isArray(tags);
}

/**
 * Reads our tags back.
 * @returns undefined when the mail is another product's of the account
 */
export function fromTags(tags: EventTags | undefined): MailRef | undefined {
  const byName = isList(tags) ? Object.fromEntries(tags.map((tag) => [tag?.name, tag?.value])) : tags;
  const checkoutId = byName?.checkout;
  const name = byName?.mail;
  return typeof checkoutId === 'string' &&
    isCheckoutId(checkoutId) &&
    typeof name === 'string' &&
    isMailName(name)
    ? { checkoutId, name }
    : undefined;
}
