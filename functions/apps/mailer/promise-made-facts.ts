import { readStanding } from '#giving/campaigns/read-campaigns.ts';
import { endOfPromise, shownReference } from '#giving/promises/promise.ts';
import { meansOf, promiseWordsOf } from '#giving/promises/promise-words.ts';
import type { MailAttempt } from '#kernel/outbox/mail-item.ts';
import { mailNameOf } from '#kernel/outbox/outbox.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { formatDate } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { formatMoney } from '#platform/money.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { giftFacts, type PromiseReader } from './gift-facts.ts';

/**
 * Gathers the facts of the mail that says how to pay a promised gift, at its first attempt.
 * @returns `erased` when the promise's checkout is gone
 */
export async function promiseMadeAttempt(
  message: StoredMessage<'mail'>,
  { promise, person }: PromiseReader,
  { table, now, siteUrl }: Pick<Context, 'table' | 'now'> & { readonly siteUrl: string },
): Promise<Omit<Extract<MailAttempt, { template: 'promise-made' }>, 'digest'> | 'erased'> {
  const at = keys.checkout(promise.checkoutId);
  const item = (await readItems(table, [at], { consistent: true })).itemAt(at);
  if (!item) return 'erased';
  const { language, currency, subject } = fromCheckoutItem(item);
  const standing = await readStanding(promise.fund, { table, now });
  if (!standing) throw new Error(`Promise ${promise.reference}: its campaign ${promise.fund} is not there.`);
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
      campaignTitle: standing.campaign.title[language],
      ...(name === 'promise-due' && { isReminder: true as const }),
    },
  };
}
