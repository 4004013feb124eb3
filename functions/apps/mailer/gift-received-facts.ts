import type { Campaign, GivingLevel } from '#giving/campaigns/campaign.ts';
import { type CampaignStanding, readStanding } from '#giving/campaigns/read-campaigns.ts';
import type { MailAttempt } from '#kernel/outbox/mail-item.ts';
import { mailNameOf } from '#kernel/outbox/outbox.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { netGift, type Payment } from '#payments/payment/payment.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { formatDate, formatMonth } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { formatMoney, formatMoneyShort } from '#platform/money.ts';
import type { MailFacts } from '../../../emails/catalogue.ts';
import { giftFacts, type Reader } from './gift-facts.ts';

/** Gathers the facts of the thank-you mail at its first attempt. */
export async function giftReceivedAttempt(
  message: StoredMessage<'mail'>,
  { gift, person, read }: Reader,
  { table, now, siteUrl }: Pick<Context, 'table' | 'now'> & { readonly siteUrl: string },
): Promise<Omit<Extract<MailAttempt, { template: 'gift-received' }>, 'digest'>> {
  const standing = await readStanding(gift.fund, { table, now }, read);
  if (!standing) throw new Error(`Gift ${gift.paymentId}: its campaign ${gift.fund} is not there.`);
  return {
    checkoutId: message.checkoutId,
    name: mailNameOf(message),
    template: 'gift-received',
    firstAttemptAt: now,
    to: person.email,
    facts: { ...paidFacts(gift, person, siteUrl), ...receivedFacts(gift, standing) },
  };
}

/** What every mail says; money that came outside Stripe stands on no card statement. */
function paidFacts(gift: Payment, person: Reader['person'], siteUrl: string) {
  const { statement, ...facts } = giftFacts(gift, person, siteUrl);
  return { ...facts, ...(gift.source === 'stripe' && statement !== undefined && { statement }) };
}

function receivedFacts(gift: Payment, standing: CampaignStanding) {
  const { language, currency, parts } = gift;
  const level = levelOf(standing.campaign, parts.gift);
  const progress = progressOf(gift, standing);
  return {
    amount: formatMoney(parts.gift, currency),
    ...(parts.cover > 0 && {
      cover: {
        amount: formatMoney(parts.cover, currency),
        paid: formatMoney(wholeOf(parts), currency),
      },
    }),
    ...(level && {
      does: { amount: formatMoneyShort(level.amount, currency), text: level.text[language] },
    }),
    ...(gift.refunded > 0 && { refunded: formatMoney(gift.refunded, currency) }),
    campaignTitle: standing.campaign.title[language],
    date: formatDate(gift.at, language),
    ...(progress && { progress }),
  };
}

/** The level that an amount reaches; none below the smallest level. */
export function levelOf({ levels }: Pick<Campaign, 'levels'>, amount: number): GivingLevel | undefined {
  return [...levels].sort((a, b) => b.amount - a.amount).find((level) => level.amount <= amount);
}

/**
 * The campaign's progress with the gift and without it; undefined where the gift is fully reversed, or does not count in the bar: a
 * gift of last month counted in last month's budget.
 */
export function progressOf(
  gift: Payment,
  { campaign, month, raised }: CampaignStanding,
): MailFacts['gift-received']['progress'] {
  const left = netGift(gift);
  if (left === 0 || (month && month.month !== gift.month)) return undefined;
  const reached = month ? month.carriedOver + month.raised : raised;
  const aim = month ? month.budget : campaign.target.kind === 'fund' ? campaign.target.goal : 0;
  if (aim <= 0) return undefined;
  const percent = (sum: number) => Math.max(0, Math.floor((sum * 100) / aim));
  return {
    ...(month && { month: formatMonth(month.month, gift.language) }),
    reached: formatMoneyShort(reached, gift.currency),
    aim: formatMoneyShort(aim, gift.currency),
    before: percent(reached - left),
    after: percent(reached),
  };
}
