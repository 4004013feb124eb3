import type { DatedBudget } from '#accounting/funds/monthly-budget.ts';
import type { Bilingual, Language } from '#platform/charity.ts';
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

/** A campaign's picture: a drawing of ours, or a photo. */
export type Picture = DrawnPicture | PhotoPicture;

/** A drawing: two files of the site's assets. */
export interface DrawnPicture {
  /** 16:9, for the page. */
  readonly file: string;
  /** 1200 × 630 PNG, for shared links: messengers show no SVG. */
  readonly shareFile: string;
  readonly alt: Bilingual;
}

/** Where a campaign stands with the staff: a draft and a hidden one are seen by nobody else, a closed one takes no gift. */
export const campaignStatuses = ['draft', 'published', 'closed', 'hidden'] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

/** One picture that was made of a photo. */
export interface PhotoSize {
  /** SHA-256 of its bytes, in hexadecimal digits: its address. */
  readonly hash: string;
  readonly width: number;
  readonly height: number;
}

export interface PhotoPicture {
  /** Smallest first; at least one. */
  readonly sizes: readonly PhotoSize[];
  readonly alt: Bilingual;
}

export interface Campaign {
  readonly slug: string;
  readonly status: CampaignStatus;
  /** The language whose texts are still to be written; until then they are those of the other one. */
  readonly awaits: Language | undefined;
  readonly title: Bilingual;
  /** One sentence for lists. */
  readonly summary: Bilingual;
  /** Markdown: what a person wrote. */
  readonly story: Bilingual;
  /** The same as HTML, made when it was written; undefined for one from before, whose story is paragraphs alone. */
  readonly storyHtml: Bilingual | undefined;
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

export function campaignState(
  { status, opensAt, closesAt }: Pick<Campaign, 'status' | 'opensAt' | 'closesAt'>,
  now: Date,
): CampaignState {
  if (status === 'closed' || status === 'hidden') return 'closed';
  if (status === 'draft' || now < opensAt) return 'not-yet-open';
  return closesAt && now >= closesAt ? 'closed' : 'open';
}

/** Whether the public sees a campaign at all. */
export function isPublic({ status }: Pick<Campaign, 'status'>): boolean {
  return status === 'published' || status === 'closed';
}

/** What a campaign can become by a person's decision. What was public once is no draft again, but for what is hidden. */
export function nextStatuses(status: CampaignStatus): readonly CampaignStatus[] {
  const next = {
    draft: ['published', 'hidden'],
    published: ['closed', 'hidden'],
    closed: ['published', 'hidden'],
    hidden: ['published', 'closed', 'draft'],
  } as const;
  return next[status];
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
