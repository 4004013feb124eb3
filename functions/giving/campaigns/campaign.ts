import type { DatedBudget } from '#accounting/funds/monthly-budget.ts';
import type { Bilingual } from '#platform/charity.ts';
import { hongKongDay, type Month } from '#platform/clock.ts';
import type { Currency } from '#platform/money.ts';

/** An amount with what it does. */
export interface GivingLevel {
  /** Minor units. */
  readonly amount: number;
  readonly text: Bilingual;
}

/** Where a figure in a campaign's texts comes from. */
export interface Source {
  /** What the source says. */
  readonly text: Bilingual;
  readonly publisher: Bilingual;
  /** The publication date as people write it; undefined when the publisher gives none. */
  readonly date: Bilingual | undefined;
}

/** A campaign's picture: two files of `site/assets/`. */
export interface Picture {
  /** 16:9, for the page. */
  readonly file: string;
  /** 1200 × 630 PNG, for shared links: messengers show no SVG. */
  readonly shareFile: string;
  readonly alt: Bilingual;
}

export interface Campaign {
  readonly slug: string;
  readonly title: Bilingual;
  /** One sentence for lists. */
  readonly summary: Bilingual;
  /** Paragraphs, separated by an empty line. */
  readonly story: Bilingual;
  /** The source of every figure that the texts quote. */
  readonly sources: readonly Source[];
  /** When undefined, the page shows the charity's own picture. */
  readonly picture: Picture | undefined;
  /** What money above the goal is used for; when undefined, the page says that it serves the same purpose. */
  readonly surplus: Bilingual | undefined;
  readonly currency: Currency;
  readonly target: Target;
  readonly levels: readonly GivingLevel[];
  readonly opensAt: Date;
  /** From then on the campaign takes no gift; undefined for a campaign without an end. */
  readonly closesAt: Date | undefined;
}

/** What the campaign wants to raise: an amount once, or a budget every month. */
export type Target =
  | { readonly kind: 'fund'; readonly goal: number }
  | { readonly kind: 'monthly-budget'; readonly firstMonth: Month; readonly budgets: readonly DatedBudget[] };

export type CampaignState = 'not-yet-open' | 'open' | 'closed';

export function campaignState(campaign: Pick<Campaign, 'opensAt' | 'closesAt'>, now: Date): CampaignState {
  if (now < campaign.opensAt) return 'not-yet-open';
  return campaign.closesAt && now >= campaign.closesAt ? 'closed' : 'open';
}

/** Whether a fund has reached its goal. It still takes gifts until it closes; a monthly budget is never funded for good. */
export function isFunded(target: Target, raised: number): boolean {
  return target.kind === 'fund' && raised >= target.goal;
}

/**
 * How many Hong Kong days after today a campaign still takes gifts: 0 on its last day, undefined without an end or after it. The last
 * day is the day of the last moment before `closesAt`, so an end at midnight belongs to the day before.
 */
export function daysLeft(closesAt: Date | undefined, now: Date): number | undefined {
  if (!closesAt || now >= closesAt) return undefined;
  return (Date.parse(lastDay(closesAt)) - Date.parse(hongKongDay(now))) / 86_400_000;
}

/** The last Hong Kong day, `YYYY-MM-DD`, on which a campaign with an end takes gifts. */
export function lastDay(closesAt: Date): string {
  return hongKongDay(new Date(closesAt.getTime() - 1));
}
