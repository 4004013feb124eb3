import { fromCampaignItem } from '#giving/campaigns/campaign-item.ts';
import { endOfPromise, shownReference } from '#giving/promises/promise.ts';
import { meansOf, promiseWordsOf } from '#giving/promises/promise-words.ts';
import type { MailAttempt } from '#kernel/outbox/mail-item.ts';
import { mailNameOf } from '#kernel/outbox/outbox.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { formatDate } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { giftFacts, type PromiseReader } from './gift-facts.ts';

/** The items that the mail about a promise is made of, besides the promise and its person. */
export function promiseFactKeys({
  checkoutId,
  fund,
}: {
  readonly checkoutId: string;
  readonly fund: string;
}): Key[] {
  return [keys.checkout(checkoutId), keys.campaign(fund)];
}

/**
 * Gathers the facts of the mail that says how to pay a promised gift, at its first attempt.
 * @param reader.read holds the items at `promiseFactKeys`
 * @returns `erased` when the promise's checkout is gone
 */
export function promiseMadeAttempt(
  message: StoredMessage<'mail'>,
  { promise, person, read }: PromiseReader,
  { now, siteUrl }: { readonly now: Date; readonly siteUrl: string },
): Omit<Extract<MailAttempt, { template: 'promise-made' }>, 'digest'> | 'erased' {
  const [checkout, campaign] = promiseFactKeys(promise).map((key) => read.itemAt(key));
  if (!checkout) return 'erased';
  const { language, currency, subject } = fromCheckoutItem(checkout);
  if (!campaign) throw new Error(`Promise ${promise.reference}: its campaign ${promise.fund} is not there.`);
  const words = promiseWordsOf(language);
  const about = { about: subject.kind, fund: promise.fund, language, paymentId: message.paymentId };
  const { statement: _, ...facts } = giftFacts(about, person, siteUrl);
  const name = mailNameOf(message);
  return {
    checkoutId: message.checkoutId,
    name,
    template: 'promise-made',
    firstAttemptAt: now,
    to: person.email,
    facts: {
      ...facts,
      reference: shownReference(promise.reference),
      amount: formatMoney(promise.amount, currency),
      way: words.ways[promise.way],
      means: meansOf(promise.way, language),
      date: formatDate(promise.madeAt, language),
      until: formatDate(endOfPromise(promise), language),
      campaignTitle: fromCampaignItem(campaign).title[language],
      ...(name === 'promise-due' && { isReminder: true as const }),
    },
  };
}
