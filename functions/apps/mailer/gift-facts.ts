import type { PromisedGift } from '#giving/promises/promise.ts';
import { fromPromiseItem } from '#giving/promises/promise-item.ts';
import { type MailAbout, mailNameOf, promiseOf } from '#kernel/outbox/outbox.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { greetingName } from '#kernel/people/display-name.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { subjectOf } from '#payments/received/payment-fact.ts';
import { subjectPath } from '#payments/received/subject.ts';
import { charity, type Language } from '#platform/charity.ts';
import { asksAndReceives, receiverWithStatus, statementText } from '#platform/receiver-words.ts';
import { settings } from '#platform/settings.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import { localPath } from '#platform/web/languages.ts';
import type { MailFacts } from '../../../emails/catalogue.ts';

interface AnyReader {
  readonly person: Person;
  /** All that was read with them. */
  readonly read: ItemsRead;
}

/** The person who gets a mail, and the gift that it is about. */
export interface Reader extends AnyReader {
  readonly gift: Payment;
}

/** The person who gets a mail, and the promise that it is about. */
export interface PromiseReader extends AnyReader {
  readonly promise: PromisedGift;
}

/** Why nobody is written to: the person's data is gone, another mail went to a corrected address, or the promise is kept or over. */
export type NoReader = 'erased' | 'superseded' | 'promise-over';

/** The items that decide whether a message still has a reader. */
export function readerKeys(about: Pick<MailAbout, 'template' | 'paymentId' | 'checkoutId'>): Key[] {
  const { template, paymentId, checkoutId } = about;
  const subject = template === 'promise-made' ? keys.promise(promiseOf(about)) : keys.payment(paymentId);
  return [subject, keys.person(checkoutId)];
}

/**
 * Decides whether a message still has a reader.
 *
 * @param read holds the items at `readerKeys`
 * @returns `erased` also when the data had ended before the gift was paid or promised; `superseded` when the address was corrected after
 * the booking
 */
export function readerOf(message: StoredMessage<'mail'>, read: ItemsRead): Reader | PromiseReader | NoReader {
  if (message.template === 'promise-made') return promiseReaderOf(message, read);
  const giftItem = read.itemAt(keys.payment(message.paymentId));
  const gift = giftItem && fromPaymentItem(giftItem);
  const person = gift && personAt(read, message.checkoutId, gift.at);
  if (!person) return 'erased';
  const isFirst = mailNameOf(message) === 'gift-received';
  return isFirst && person.thankedAnew ? 'superseded' : { gift, person, read };
}

function promiseReaderOf(message: StoredMessage<'mail'>, read: ItemsRead): PromiseReader | NoReader {
  const item = read.itemAt(keys.promise(promiseOf(message)));
  const promise = item && fromPromiseItem(item);
  const person = promise && personAt(read, message.checkoutId, promise.madeAt);
  if (!person) return 'erased';
  return promise.state === 'open' ? { promise, person, read } : 'promise-over';
}

/**
 * Who receives the money, for mails.
 * @returns undefined where the receiver is the sender of the mail and has nothing to add
 */
function receiverOf(language: Language): string | undefined {
  const receiver = receiverWithStatus(language);
  if (asksAndReceives()) return charity.section88 === undefined ? undefined : receiver;
  return receiver;
}

/** Who writes, who receives, and what the card statement shows: the same in every mail of a language. */
export function ownFacts(
  language: Language,
): Pick<MailFacts['gift-received'], 'receiver' | 'statement' | 'charity'> {
  const receiver = receiverOf(language);
  return {
    ...(receiver !== undefined && { receiver }),
    statement: statementText(),
    charity: { name: charity.name[language], replyTo: settings().replyTo },
  };
}

/** What every mail about a gift says. */
export function giftFacts(
  gift: Pick<Payment, 'about' | 'fund' | 'for' | 'language' | 'paymentId'>,
  person: Pick<Person, 'name'>,
  siteUrl: string,
): Pick<
  MailFacts['gift-received'],
  'language' | 'name' | 'campaignUrl' | 'receiver' | 'statement' | 'reference' | 'charity'
> {
  const { language } = gift;
  const name = greetingName(person.name);
  return {
    language,
    ...(name !== undefined && { name }),
    campaignUrl: `${siteUrl}${localPath(language, subjectPath(subjectOf(gift)))}`,
    reference: gift.paymentId,
    ...ownFacts(language),
  };
}
