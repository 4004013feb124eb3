import type { Language } from '../platform/charity.ts';
import { formatMonth } from '../platform/clock.ts';
import { formatMoney } from '../platform/money.ts';
import { wordsOf } from '../site/words.ts';
import type { CampaignView } from './read-campaigns.ts';

/** How far a campaign is: the bar with its figures in words. */
export function Progress({ view, language }: { view: CampaignView; language: Language }) {
  const words = wordsOf(language);
  const { campaign, month } = view;
  const money = (amount: number) => formatMoney(amount, campaign.currency);
  const reached = month ? month.carriedOver + month.raised : view.raised;
  const aim = month ? month.budget : campaign.target.kind === 'fund' ? campaign.target.goal : 0;
  const percent = Math.max(0, Math.min(100, Math.floor((reached * 100) / aim)));
  return (
    <div>
      <p>
        <span class="big">{money(reached)}</span>{' '}
        {month ? words.ofBudget(money(aim), formatMonth(month.month, language)) : words.ofGoal(money(aim))}
      </p>
      <div class="bar" role="img" aria-label={`${percent}%`}>
        <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width={percent} height="1" fill="#b3431f" />
        </svg>
      </div>
      <p class="note">
        {percent}% · {words.supporters(view.supporters)}
      </p>
    </div>
  );
}
