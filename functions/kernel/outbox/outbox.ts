import type { WaitingCount } from '#kernel/attention/attention-item.ts';

/**
 * The kinds of messages: the mailer sends a mail to a donor, asks a trustee, or sends the day's digest to the staff; the worker re-reads
 * an object of Stripe's or fulfils what a payment bought; the exporter writes a file; the picture maker makes pictures of a photo.
 */
export const outboxKinds = ['mail', 'trustee', 'digest', 'refresh', 'fulfil', 'export', 'photo'] as const;

export type OutboxKind = (typeof outboxKinds)[number];

/** What is to be sent to the outside or done next, once. It holds ids only. */
export type OutboxMessage =
  | MailMessage
  | TrusteeMessage
  | DigestMessage
  | RefreshMessage
  | FulfilMessage
  | ExportMessage
  | PhotoMessage;

/** The messages of one kind. */
export type MessageOf<Kind extends OutboxKind> = Extract<OutboxMessage, { readonly kind: Kind }>;

/** The templates of mails to one person about one fact. */
export const outboxTemplates = ['gift-received', 'gift-refunded', 'promise-made'] as const;

export type OutboxTemplate = (typeof outboxTemplates)[number];

/** One mail to send. */
export interface MailMessage {
  readonly kind: 'mail';
  /** The business fact and the template; also the idempotency key at Resend (at most 256 characters there). */
  readonly key: string;
  readonly template: OutboxTemplate;
  /** The payment whose gift the message is about; of a promise, the one that would keep it. */
  readonly paymentId: string;
  /** Where the person's data is. */
  readonly checkoutId: string;
  /** The fund of the payment, where the writer of the message knew it. */
  readonly fund?: string | undefined;
  readonly createdAt: Date;
}

/** A trustee to be asked: all that their mail says stands with the link. */
export interface TrusteeMessage {
  readonly kind: 'trustee';
  readonly key: string;
  readonly linkId: string;
  readonly createdAt: Date;
}

/** The message by which a trustee is asked: one a link. */
export function trusteeMessage(linkId: string, createdAt: Date): TrusteeMessage {
  return { kind: 'trustee', key: `trustee-asked/${linkId}`, linkId, createdAt };
}

/** What a mail is about, in ids: the queue carries them too, so that the mailer finds all it needs with one read. */
export type MailAbout = Pick<MailMessage, 'template' | 'paymentId' | 'checkoutId' | 'fund'>;

/** The day's mail to the staff: how much waits. It is whole in itself, so that a retry sends the same bytes. */
export interface DigestMessage {
  readonly kind: 'digest';
  readonly key: string;
  /** The charity's addresses for it. */
  readonly to: readonly string[];
  readonly waiting: readonly WaitingCount[];
  readonly createdAt: Date;
}

/** The key of a day's digest: each day has one. @param day in Hong Kong: `2026-11-28` */
export function digestKey(day: string): string {
  return `digest/${day}`;
}

/** The kinds of Stripe's objects that are called for after an event: a dispute to be read again, a Session to be ended. */
export const refreshedObjects = ['dispute', 'session'] as const;

export type RefreshedObject = (typeof refreshedObjects)[number];

/** An object of Stripe's to be called for, because an event reported that it changed. */
export interface RefreshMessage {
  readonly kind: 'refresh';
  readonly key: string;
  readonly object: RefreshedObject;
  /** Stripe's id of the object. */
  readonly objectId: string;
  /** Stripe's id of the event: each asks once. */
  readonly eventId: string;
  readonly createdAt: Date;
}

/** A payment whose checkout bought something that is to be fulfilled: tickets to issue, a sponsorship to begin. */
export interface FulfilMessage {
  readonly kind: 'fulfil';
  readonly key: string;
  readonly paymentId: string;
  readonly checkoutId: string;
  readonly createdAt: Date;
}

/** An export whose file is to be written. */
export interface ExportMessage {
  readonly kind: 'export';
  readonly key: string;
  readonly exportId: string;
  readonly createdAt: Date;
}

/** A photo of which pictures are to be made. */
export interface PhotoMessage {
  readonly kind: 'photo';
  readonly key: string;
  /** The campaign that it is for. */
  readonly slug: string;
  readonly uploadId: string;
  readonly createdAt: Date;
}

/** The message that lets pictures be made of a photo: one an upload. */
export function photoMessage(about: Omit<PhotoMessage, 'kind' | 'key'>): PhotoMessage {
  return { kind: 'photo', key: `photo/${about.slug}/${about.uploadId}`, ...about };
}

/** The campaign and the upload that an outbox key is of. */
export function photoOf(key: string): Pick<PhotoMessage, 'slug' | 'uploadId'> {
  const [, slug = '', uploadId = ''] = key.split('/');
  return { slug, uploadId };
}

export function refreshKey({ object, eventId }: Pick<RefreshMessage, 'object' | 'eventId'>): string {
  return `refresh/${object}/${eventId}`;
}

/** The message that lets an object of Stripe's be called for. */
export function refreshMessage(about: Omit<RefreshMessage, 'kind' | 'key'>): RefreshMessage {
  return { kind: 'refresh', key: refreshKey(about), ...about };
}

export function fulfilKey(paymentId: string): string {
  return `fulfil/${paymentId}`;
}

/** The message that lets what a payment bought be fulfilled: one a payment. */
export function fulfilMessage(about: Omit<FulfilMessage, 'kind' | 'key'>): FulfilMessage {
  return { kind: 'fulfil', key: fulfilKey(about.paymentId), ...about };
}

const exportPrefix = 'export/';

export function exportMessageKey(exportId: string): string {
  return `${exportPrefix}${exportId}`;
}

/** The message that lets an export be written; it waits until that is done or given up. */
export function exportMessage(exportId: string, createdAt: Date): ExportMessage {
  return { kind: 'export', key: exportMessageKey(exportId), exportId, createdAt };
}

/** The export that an outbox key is of. */
export function exportOf(key: string): string {
  return key.slice(exportPrefix.length);
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

/** The key of the mail about a refund. */
export function giftRefundedKey(refundId: string): string {
  return `${refundedPrefix}${refundId}`;
}

/** The refund that a message of the template `gift-refunded` is about. */
export function refundOf({ key }: Pick<MailMessage, 'key'>): string {
  return firstKeyOf(key).slice(refundedPrefix.length);
}

/** The payment by which a promise is kept: it has one. */
export function paymentOfPromise(reference: string): string {
  return `promise_${reference}`;
}

/** The promise that a message of the template `promise-made` is about. */
export function promiseOf({ paymentId }: Pick<MailMessage, 'paymentId'>): string {
  return paymentId.slice('promise_'.length);
}

/** The key of the mail that says how to pay a promise. */
export function promiseMadeKey(reference: string): string {
  return `promise-made/${reference}`;
}

/** The key of the mail that reminds of it: a promise is reminded of once. */
export function promiseDueKey(reference: string): string {
  return `${promiseMadeKey(reference)}/due`;
}

/** The mails about a promise: how to pay it, and a reminder. */
const promiseMails = ['promise-made', 'promise-due'] as const;

/** The mails that thank for a gift. */
export const thankYouMails = ['gift-received', 'gift-received-corrected'] as const;

/** The mails that a checkout's person can be sent; also a tag's value at Resend, which allows no slash. */
export type MailName =
  | (typeof thankYouMails)[number]
  | (typeof promiseMails)[number]
  | `gift-refunded-${string}`;

/** Whether a text is the name of one of our mails. A gift can be refunded in several parts, and each has its mail. */
export function isMailName(text: string | undefined): text is MailName {
  if (text === undefined) return false;
  return (
    [...thankYouMails, ...promiseMails].some((name) => name === text) ||
    /^gift-refunded-\w{1,100}$/.test(text)
  );
}

/** Which of the person's mails a message is. */
export function mailNameOf(message: Pick<MailMessage, 'key' | 'paymentId' | 'template'>): MailName {
  if (message.template === 'gift-refunded') return `gift-refunded-${refundOf(message)}`;
  const { key, paymentId } = message;
  if (message.template === 'promise-made') {
    return firstKeyOf(key) === promiseDueKey(promiseOf(message)) ? 'promise-due' : 'promise-made';
  }
  return firstKeyOf(key) === giftReceivedAgainKey(paymentId) ? 'gift-received-corrected' : 'gift-received';
}
