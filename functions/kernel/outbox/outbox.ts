/** Who does a message: the mailer, the refresher that re-reads an object of Stripe's, or the exporter. */
export const outboxChannels = ['mail', 'refresh', 'export'] as const;

/** One of them. */
export type OutboxChannel = (typeof outboxChannels)[number];

/** The templates of mails that tell one person one fact. */
export type OutboxTemplate = 'gift-received' | 'gift-refunded';

/** One mail to send, once. It holds ids only. */
export interface OutboxMessage {
  /** The business fact and the template; also the idempotency key at Resend (at most 256 characters there). */
  readonly key: string;
  readonly template: OutboxTemplate;
  /** The payment whose gift the message is about. */
  readonly paymentId: string;
  /** Where the person's data is. */
  readonly checkoutId: string;
  readonly createdAt: Date;
}

/** The key of the thank-you mail for a gift. */
export function giftReceivedKey(paymentId: string): string {
  return `gift-received/${paymentId}`;
}

/** The key of the thank-you mail that goes to a corrected address. An address is corrected once, so this is a fact of its own. */
export function giftReceivedAgainKey(paymentId: string): string {
  return `${giftReceivedKey(paymentId)}/corrected`;
}

const again = /\/again-(\d+)$/;

/** The key of the message by which a person sends a stopped mail again: each message is followed by one at most. */
export function againKey(key: string): string {
  return `${firstKeyOf(key)}/again-${Number(again.exec(key)?.[1] ?? 0) + 1}`;
}

/** The key of the message that one follows, by which a person sent a mail again; undefined for a mail's first message. */
export function followedKey(key: string): string | undefined {
  const number = Number(again.exec(key)?.[1] ?? 0);
  if (number === 0) return undefined;
  return number === 1 ? firstKeyOf(key) : `${firstKeyOf(key)}/again-${number - 1}`;
}

/** The key of the message that a mail was first sent by. */
export function firstKeyOf(key: string): string {
  return key.replace(again, '');
}

const refundedPrefix = 'gift-refunded/';

/** The key of the mail that tells of a refund. */
export function giftRefundedKey(refundId: string): string {
  return `${refundedPrefix}${refundId}`;
}

/** The refund that a message of the template `gift-refunded` is about. */
export function refundOf({ key }: Pick<OutboxMessage, 'key'>): string {
  return firstKeyOf(key).slice(refundedPrefix.length);
}

/** The mails that thank for a gift. */
export const thankYouMails = ['gift-received', 'gift-received-corrected'] as const;

/** The mails that a checkout's person can be sent; also a tag's value at Resend, which allows no slash. */
export type MailName = (typeof thankYouMails)[number] | `gift-refunded-${string}`;

/** Whether a text is the name of one of our mails. A gift can be refunded in several parts, and each has its mail. */
export function isMailName(text: string | undefined): text is MailName {
  if (text === undefined) return false;
  return thankYouMails.some((name) => name === text) || /^gift-refunded-\w{1,100}$/.test(text);
}

/** Which of the person's mails a message is. */
export function mailNameOf(message: Pick<OutboxMessage, 'key' | 'paymentId' | 'template'>): MailName {
  if (message.template === 'gift-refunded') return `gift-refunded-${refundOf(message)}`;
  const { key, paymentId } = message;
  return firstKeyOf(key) === giftReceivedAgainKey(paymentId) ? 'gift-received-corrected' : 'gift-received';
}
