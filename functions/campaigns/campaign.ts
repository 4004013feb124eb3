import type { Bilingual } from '../platform/charity.ts';
import type { Month } from '../platform/clock.ts';
import type { Currency } from '../platform/money.ts';
import type { DatedBudget } from './monthly-budget.ts';

/** An amount with what it does. */
export interface GivingLevel {
  /** Minor units. */
  readonly amount: number;
  readonly text: Bilingual;
}

/** What money is raised for. */
export interface Campaign {
  readonly slug: string;
  readonly title: Bilingual;
  /** One sentence for lists. */
  readonly summary: Bilingual;
  /** Paragraphs, separated by an empty line. */
  readonly story: Bilingual;
  readonly currency: Currency;
  readonly target: Target;
  readonly levels: readonly GivingLevel[];
  readonly opensAt: Date;
  /** From then on no gift is taken; undefined for a campaign without an end. */
  readonly closesAt: Date | undefined;
}

/** What is aimed at: an amount once, or a budget every month. */
export type Target =
  | { readonly kind: 'fund'; readonly goal: number }
  | { readonly kind: 'monthly-budget'; readonly firstMonth: Month; readonly budgets: readonly DatedBudget[] };

/** Whether a campaign takes gifts now. */
export type CampaignState = 'not-yet-open' | 'open' | 'closed';

/** Where a campaign stands at a moment. */
export function campaignState(campaign: Pick<Campaign, 'opensAt' | 'closesAt'>, now: Date): CampaignState {
  if (now < campaign.opensAt) return 'not-yet-open';
  return campaign.closesAt && now >= campaign.closesAt ? 'closed' : 'open';
}

/** Whether a text has the shape of a campaign's slug: it becomes part of a key. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60;
}
