import { greetingName } from '#kernel/people/display-name.ts';
import type { Person } from '#kernel/people/person-item.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { subjectOf } from '#payments/received/payment-fact.ts';
import { subjectPath } from '#payments/received/subject.ts';
import { charity, type Language } from '#platform/charity.ts';
import { asksAndReceives, receiverWithStatus, statementText } from '#platform/receiver-words.ts';
import { localPath } from '#platform/web/languages.ts';
import type { MailFacts } from '../../../emails/catalogue.ts';

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
