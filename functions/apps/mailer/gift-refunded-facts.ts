import { readStanding } from '#giving/campaigns/read-campaigns.ts';
import type { MailAttempt } from '#kernel/outbox/mail-item.ts';
import { mailNameOf, refundOf } from '#kernel/outbox/outbox.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { isFullyReversed } from '#payments/payment/payment.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { fromRefundItem } from '#payments/refunds/refund-item.ts';
import { formatDate } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { formatMoney } from '#platform/money.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { giftFacts, type Reader } from './gift-facts.ts';

/** Whether the refund of a message has failed: then the donor must not read that money is on its way. */
export async function hasRefundFailed(
  message: StoredMessage<'mail'>,
  { table }: Pick<Context, 'table'>,
): Promise<boolean> {
  const at = keys.refund(refundOf(message));
  const item = (await readItems(table, [at], { consistent: true })).itemAt(at);
  return item !== undefined && fromRefundItem(item).status === 'failed';
}

/**
 * Gathers the facts of the mail about a refund at its first attempt.
 * @returns `erased` when the person's data is erased
 */
export async function giftRefundedAttempt(
  message: StoredMessage<'mail'>,
  { gift, person, read }: Reader,
  { table, now, siteUrl }: Pick<Context, 'table' | 'now'> & { readonly siteUrl: string },
): Promise<Omit<Extract<MailAttempt, { template: 'gift-refunded' }>, 'digest'> | 'erased'> {
  const refundAt = keys.refund(refundOf(message));
  const refundItem = (await readItems(table, [refundAt], { consistent: true })).itemAt(refundAt);
  if (!refundItem) return 'erased';
  const refund = fromRefundItem(refundItem);
  const standing = await readStanding(gift.fund, { table, now }, read);
  if (!standing) throw new Error(`Gift ${gift.paymentId}: its campaign ${gift.fund} is not there.`);
  const { language, currency, parts } = gift;
  const paid = wholeOf(parts);
  return {
    checkoutId: message.checkoutId,
    name: mailNameOf(message),
    template: 'gift-refunded',
    firstAttemptAt: now,
    to: person.email,
    facts: {
      ...giftFacts(gift, person, siteUrl),
      amount: formatMoney(refund.amount, currency),
      date: formatDate(refund.at, language),
      given: formatMoney(paid, currency),
      ...(parts.cover > 0 && { cover: formatMoney(parts.cover, currency) }),
      givenOn: formatDate(gift.at, language),
      ...(!isFullyReversed(gift) && { left: formatMoney(paid - gift.refunded - gift.disputed, currency) }),
      campaignTitle: standing.campaign.title[language],
    },
  };
}
