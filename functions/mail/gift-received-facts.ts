import { readCampaign } from '../campaigns/read-campaigns.ts';
import { fromPersonItem } from '../checkouts/person-item.ts';
import { fromGiftItem } from '../gifts/gift-item.ts';
import { charity } from '../platform/charity.ts';
import { formatDate, formatMonth } from '../platform/clock.ts';
import { formatMoney } from '../platform/money.ts';
import { localPath } from '../site/languages.ts';
import { keys } from '../table/keys.ts';
import type { StoredOutboxMessage } from '../table/outbox.ts';
import { readItems, type Table } from '../table/table.ts';
import type { MailAttempt } from './mail-item.ts';

/**
 * Gathers what the thank-you mail says at its first attempt.
 * @returns undefined when the person's data has been erased: then nobody is written to
 */
export async function giftReceivedAttempt(
  message: StoredOutboxMessage,
  now: Date,
  { table, siteUrl }: { table: Table; siteUrl: string },
): Promise<MailAttempt | undefined> {
  const read = await readItems(table, [keys.gift(message.paymentId), keys.person(message.checkoutId)], {
    consistent: true,
  });
  const giftItem = read.itemAt(keys.gift(message.paymentId));
  const personItem = read.itemAt(keys.person(message.checkoutId));
  if (!giftItem || !personItem) return undefined;
  const gift = fromGiftItem(giftItem);
  const person = fromPersonItem(personItem);
  const view = await readCampaign(table, gift.campaign, now);
  if (!view) throw new Error(`Gift ${gift.paymentId}: its campaign ${gift.campaign} is not there.`);
  const { language, currency } = gift;
  return {
    checkoutId: message.checkoutId,
    template: message.template,
    firstAttemptAt: now,
    to: person.email,
    facts: {
      language,
      name: person.name,
      amount: formatMoney(gift.amount, currency),
      campaignTitle: view.campaign.title[language],
      campaignUrl: `${siteUrl}${localPath(language, `/campaigns/${gift.campaign}`)}`,
      thanksUrl: `${siteUrl}${localPath(language, `/thanks/${gift.checkoutId}`)}`,
      date: formatDate(gift.at, language),
      charity: { name: charity.name[language], replyTo: charity.replyTo },
      ...(view.month && {
        month: {
          label: formatMonth(view.month.month, language),
          raised: formatMoney(view.month.carriedOver + view.month.raised, currency),
          budget: formatMoney(view.month.budget, currency),
        },
      }),
    },
  };
}
