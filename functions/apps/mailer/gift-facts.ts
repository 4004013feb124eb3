import { type MailAbout, mailNameOf } from '#kernel/outbox/outbox.ts';
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
import { type Key, keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import { localPath } from '#platform/web/languages.ts';
import type { MailFacts } from '../../../emails/catalogue.ts';

/** The person who gets a mail, and the gift that it is about. */
export interface Reader {
  readonly gift: Payment;
  readonly person: Person;
  /** All that was read with them. */
  readonly read: ItemsRead;
}

/** The items that decide whether a message still has a reader. */
export function readerKeys({ paymentId, checkoutId }: Pick<MailAbout, 'paymentId' | 'checkoutId'>): Key[] {
  return [keys.payment(paymentId), keys.person(checkoutId)];
}

/**
 * Decides whether a message still has a reader.
 *
 * @param read holds the items at `readerKeys`
 * @returns `erased` when the person's data is gone, or had ended before the gift was paid; `superseded` when the address was corrected
 * after the booking, so that another mail goes to the corrected one
 */
export function readerOf(message: StoredMessage<'mail'>, read: ItemsRead): Reader | 'erased' | 'superseded' {
  const giftItem = read.itemAt(keys.payment(message.paymentId));
  const gift = giftItem && fromPaymentItem(giftItem);
  const person = gift && personAt(read, message.checkoutId, gift.at);
  if (!person) return 'erased';
  const isFirst = mailNameOf(message) === 'gift-received';
  return isFirst && person.thankedAnew ? 'superseded' : { gift, person, read };
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
    charity: { name: charity.name[language], replyTo: charity.replyTo },
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
