import { daysLeft, lastDay } from '#giving/campaigns/campaign.ts';
import type { CampaignView } from '#giving/campaigns/read-campaigns.ts';
import type { Language } from '#platform/charity.ts';
import { formatDate, formatMonth } from '#platform/clock.ts';
import { formatMoneyShort } from '#platform/money.ts';
import { wordsOf } from '#platform/web/words.ts';
import { campaignWordsOf } from './campaign-words.ts';

interface ProgressProps {
  readonly view: CampaignView;
  readonly language: Language;
}

/** How far a campaign is: the bar, its figures as text, supporters, days left. */
export function Progress({ view, language }: ProgressProps) {
  const words = wordsOf(language);
  const { campaign, month } = view;
  const money = (amount: number) => formatMoneyShort(amount, campaign.currency);
  const reached = month ? month.carriedOver + month.raised : view.raised;
  const aim = month ? month.budget : campaign.target.kind === 'fund' ? campaign.target.goal : 0;
  const percent = Math.max(0, Math.floor((reached * 100) / aim));
  const shown = Math.min(100, percent);
  const said = campaignWordsOf(language).percent(percent);
  return (
    <div class="progress">
      <p>
        <span class="big">{money(reached)}</span>{' '}
        <span class="aim">
          {month ? words.ofBudget(money(aim), formatMonth(month.month, language)) : words.ofGoal(money(aim))}
        </span>
      </p>
      <div class="bar" role="img" aria-label={said}>
        <svg aria-hidden="true">
          <rect x={`${shown}%`} width={`${100 - shown}%`} height="100%" />
        </svg>
      </div>
      <p class="note">
        {[said, words.supporters(view.supporters), timeLeft(view, language)].filter(Boolean).join(' · ')}
      </p>
    </div>
  );
}

/** How far the month's budget is, in figures; nothing for a fund. */
export function MonthFigures({ view, language }: ProgressProps) {
  const { month, campaign } = view;
  if (!month) return null;
  const words = wordsOf(language);
  const figures = [
    [words.thisMonth, formatMoneyShort(month.raised, campaign.currency)],
    [words.carriedOver, formatMoneyShort(month.carriedOver, campaign.currency)],
    [words.monthsCovered, month.monthsCovered.toFixed(1)],
    [words.raised, formatMoneyShort(view.raised, campaign.currency)],
  ];
  return (
    <>
      <dl class="figures">
        {figures.map(([term, figure]) => (
          <div>
            <dt>{term}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      <p class="note">{words.forNextMonths}</p>
    </>
  );
}

/** How long a campaign still takes gifts; nothing when it takes none. */
function timeLeft({ campaign, state, readAt }: CampaignView, language: Language): string | undefined {
  const { closesAt } = campaign;
  const days = daysLeft(closesAt, readAt);
  if (state !== 'open' || days === undefined || !closesAt) return undefined;
  const words = campaignWordsOf(language);
  const date = formatDate(new Date(`${lastDay(closesAt)}T12:00:00+08:00`), language);
  return days === 0 ? words.lastDay(date) : words.daysLeft(days, date);
}
