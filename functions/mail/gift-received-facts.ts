import { readCampaign } from '../campaigns/read-campaigns.ts';
import { fromPersonItem } from '../checkouts/person-item.ts';
import { fromGiftItem } from '../gifts/gift-item.ts';
import { charity } from '../platform/charity.ts';
import { formatDate, formatMonth } from '../platform/clock.ts';
import { formatMoney } from '../platform/money.ts';
import { localPath } from '../site/languages.ts';
import { keys } from '../table/keys.ts';
import { mailNameOf, type StoredOutboxMessage } from '../table/outbox.ts';
import { type Item, readItems, type Table } from '../table/table.ts';
import type { MailAttempt } from './mail-item.ts';

/**
 * Decides whether a message still has a reader.
 * @returns undefined when it has; `erased` when the person's data is gone; `superseded` when the address was corrected after
 * the booking, so that another mail goes to the right one
 */
export function nobodyToWriteTo(
  message: StoredOutboxMessage,
  personItem: Item | undefined,
): 'erased' | 'superseded' | undefined {
  if (!personItem) return 'erased';
  const isFirst = mailNameOf(message) === 'gift-received';
  return isFirst && fromPersonItem(personItem).thankedAnew ? 'superseded' : undefined;
}

/**
 * Gathers what the thank-you mail says at its first attempt.
 * @returns why nobody is written to, when that is so
 */
export async function giftReceivedAttempt(
  message: StoredOutboxMessage,
  now: Date,
  { table, siteUrl }: { table: Table; siteUrl: string },
): Promise<Omit<Extract<MailAttempt, { template: 'gift-received' }>, 'digest'> | 'erased' | 'superseded'> {
  const read = await readItems(table, [keys.gift(message.paymentId), keys.person(message.checkoutId)], {
    consistent: true,
  });
  const giftItem = read.itemAt(keys.gift(message.paymentId));
  const personItem = read.itemAt(keys.person(message.checkoutId));
  const nobody = nobodyToWriteTo(message, personItem);
  if (nobody) return nobody;
  if (!giftItem || !personItem) return 'erased';
  const gift = fromGiftItem(giftItem);
  const person = fromPersonItem(personItem);
  const view = await readCampaign(table, gift.campaign, now);
  if (!view) throw new Error(`Gift ${gift.paymentId}: its campaign ${gift.campaign} is not there.`);
  const { language, currency } = gift;
  return {
    checkoutId: message.checkoutId,
    name: mailNameOf(message),
    template: 'gift-received',
    firstAttemptAt: now,
    to: person.email,
    facts: {
      language,
      name: person.name,
      amount: formatMoney(gift.amount, currency),
      ...(gift.cover > 0 && {
        cover: {
          amount: formatMoney(gift.cover, currency),
          paid: formatMoney(gift.amount + gift.cover, currency),
        },
      }),
      campaignTitle: view.campaign.title[language],
      campaignUrl: `${siteUrl}${localPath(language, `/campaigns/${gift.campaign}`)}`,
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
