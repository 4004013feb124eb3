import { type Campaign, isFunded } from '#giving/campaigns/campaign.ts';
import type { CampaignView } from '#giving/campaigns/read-campaigns.ts';
import type { Language } from '#platform/charity.ts';
import { formatDate } from '#platform/clock.ts';
import { formatMoneyShort } from '#platform/money.ts';
import { htmlLanguage, localPath, otherLanguage } from '#platform/web/languages.ts';
import { wordsOf } from '#platform/web/words.ts';
import { type CampaignWords, campaignWordsOf } from './campaign-words.ts';

/** The language of a campaign's texts, where it is not the page's: those of the page's own are awaited. */
export function spokenIn({ awaits }: Campaign, language: Language): { readonly lang?: string } {
  return awaits === language ? { lang: htmlLanguage(otherLanguage(language)) } : {};
}

interface StandingProps {
  readonly view: CampaignView;
  readonly language: Language;
}

/** What is special about an open campaign: it reached its goal, or this month's budget. */
export function Standing({ view, language }: StandingProps) {
  const { campaign, month, state } = view;
  if (state !== 'open') return null;
  const words = campaignWordsOf(language);
  if (isFunded(campaign.target, view.raised)) {
    return (
      <div class="notice">
        <p>
          <strong>{words.fundedTitle}</strong>
        </p>
        <p>
          {words.fundedOpen}
          {language === 'en' && ' '}
          {campaign.surplus?.[language] ?? words.surplus}
        </p>
      </div>
    );
  }
  if (!month || month.carriedOver + month.raised < month.budget) return null;
  return (
    <p class="notice">
      <strong>{words.monthCovered}</strong>
    </p>
  );
}

/** The same as one word, for lists; nothing for a usual campaign. */
export function Badge({ view, language }: StandingProps) {
  const words = campaignWordsOf(language);
  const text = {
    open: isFunded(view.campaign.target, view.raised) ? words.badgeFunded : undefined,
    closed: words.badgeClosed,
    'not-yet-open': words.badgeNotYet,
  }[view.state];
  return text === undefined ? null : <p class="badge">{text}</p>;
}

/** The text in place of an empty list of gifts. It invites to the first gift only where one can give. */
export function NoGifts({ view, language }: StandingProps) {
  const first = view.state === 'open' && view.supporters === 0;
  return <p>{first ? wordsOf(language).none : campaignWordsOf(language).noGifts}</p>;
}

/** The text in place of the form while a campaign takes no gifts. */
export function TakesNoGifts({ view, language }: StandingProps) {
  const words = campaignWordsOf(language);
  const { campaign } = view;
  const closed = view.state === 'closed';
  return (
    <>
      <h2>{closed ? words.closedTitle : words.notYetTitle}</h2>
      <p>{closed ? closedWords(view, words) : words.notYet(formatDate(campaign.opensAt, language))}</p>
      <p>
        <a class="button" href={localPath(language, '/')}>
          {words.otherCampaigns}
        </a>
      </p>
    </>
  );
}

function closedWords({ raised, campaign }: CampaignView, words: CampaignWords): string {
  return raised > 0 ? words.closedWith(formatMoneyShort(raised, campaign.currency)) : words.closedWithout;
}
