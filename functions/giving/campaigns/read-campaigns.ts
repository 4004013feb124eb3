import { fundSlugs } from '#accounting/accounts/fund-item.ts';
import { type MonthFigures, monthFigures } from '#accounting/funds/monthly-budget.ts';
import { fromLatestGiftsItem, type PublicGift } from '#giving/latest-gifts/latest-gifts-item.ts';
import { fromRollUpItem } from '#kernel/totals/roll-up-item.ts';
import { addUp, readTogether } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import { hongKongMonth, type Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { isSlug } from '#platform/id-shapes.ts';
import { errorFields, log } from '#platform/log.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import type { Item, ItemsRead, Table } from '#platform/table/table.ts';
import { readItems } from '#platform/table/table.ts';
import { type Campaign, type CampaignState, campaignState, isPublic } from './campaign.ts';
import { fromCampaignItem } from './campaign-item.ts';

/** A campaign with how far it is. */
export interface CampaignStanding {
  readonly campaign: Campaign;
  /** Minor units, of all time, net of refunds. */
  readonly raised: number;
  /** Only with a monthly budget: the present Hong Kong month. */
  readonly month: MonthFigures | undefined;
}

/** A campaign with everything that its public page shows of it. */
export interface CampaignView extends CampaignStanding {
  readonly state: CampaignState;
  readonly supporters: number;
  /** The first Hong Kong month in which the campaign raised anything; undefined when there is none. */
  readonly firstMonth: Month | undefined;
  /** The newest gifts, newest first, at most twenty. */
  readonly latest: readonly PublicGift[];
  /** The time at which the view was read. */
  readonly readAt: Date;
}

/** Reads one campaign's public view in one request; undefined when there is no such campaign. */
export async function readCampaign(
  slug: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<CampaignView | undefined> {
  return (await readCampaignsBySlug(table, [slug], now))[0];
}

/** A campaign without how far it is: one item. Undefined when there is no such campaign. */
export async function findCampaign(
  slug: string,
  { table }: Pick<Context, 'table'>,
): Promise<Campaign | undefined> {
  const key = keys.campaign(slug);
  const item = isSlug(slug) ? (await readItems(table, [key])).itemAt(key) : undefined;
  return item && fromCampaignItem(item);
}

/** A campaign as the public sees it. @throws Problem `not-found`, also for a draft and for what is hidden */
export async function publicCampaign(
  slug: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<CampaignView> {
  const view = isSlug(slug) ? await readCampaign(slug, { table, now }) : undefined;
  if (!view || !isPublic(view.campaign)) throw new Problem('not-found', 'There is no such campaign.');
  return view;
}

/** Reads all campaigns, drafts and hidden ones too, in the order of the list page; a campaign that cannot be read is left out and logged. */
export async function readAllCampaigns({
  table,
  now,
}: Pick<Context, 'table' | 'now'>): Promise<CampaignView[]> {
  return readCampaignsBySlug(table, await readCampaignSlugs({ table }), now, (slug, error) => {
    log('error', 'campaign-unreadable', { slug, ...errorFields(error) });
  });
}

export async function readCampaignSlugs({ table }: Pick<Context, 'table'>): Promise<readonly string[]> {
  const read = await readItems(table, [keys.campaignList()]);
  return fundSlugs(read.itemAt(keys.campaignList()));
}

async function readCampaignsBySlug(
  table: Table,
  slugs: readonly string[],
  now: Date,
  onUnreadable?: (slug: string, error: unknown) => void,
): Promise<CampaignView[]> {
  if (slugs.length === 0) return [];
  const read = await readItems(table, slugs.flatMap(keysOfView));
  const views: CampaignView[] = [];
  for (const slug of slugs) {
    try {
      const torn = tornByRollUp(slug, read);
      const whole = torn ? await readItems(table, keysOfView(slug), { consistent: true }) : read;
      const view = toView(slug, whole, now);
      if (view) views.push(view);
    } catch (error) {
      if (!onUnreadable) throw error;
      onUnreadable(slug, error);
    }
  }
  return views;
}

/** The items that say how far a campaign is. */
export function standingKeys(slug: string): Key[] {
  return [keys.campaign(slug), keys.rollUp(slug), ...keys.allTotals(slug)];
}

/**
 * How far a campaign is; undefined when there is no such campaign.
 * @param read holds the items at `standingKeys`, where the caller has read them; they are read again if they are not of one moment
 */
export async function readStanding(
  slug: string,
  { table, now }: Pick<Context, 'table' | 'now'>,
  read?: ItemsRead,
): Promise<CampaignStanding | undefined> {
  const isUsable = read?.itemAt(keys.campaign(slug)) !== undefined && !tornByRollUp(slug, read);
  const usable = isUsable ? read : await readItems(table, standingKeys(slug), { consistent: true });
  return toStanding(slug, usable, now);
}

function keysOfView(slug: string) {
  return [...standingKeys(slug), keys.latestGifts(slug), keys.latestWords(slug)];
}

function shardsOf(slug: string, read: ItemsRead) {
  return keys
    .allTotals(slug)
    .map((key) => read.itemAt(key))
    .filter((item): item is Item => item !== undefined)
    .map(fromTotalsItem);
}

function tornByRollUp(slug: string, read: ItemsRead): boolean {
  return !readTogether(shardsOf(slug, read), fromRollUpItem(read.itemAt(keys.rollUp(slug))));
}

function toStanding(slug: string, read: ItemsRead, now: Date) {
  const item = read.itemAt(keys.campaign(slug));
  return item && standingOf(fromCampaignItem(item), read, now);
}

function standingOf(campaign: Campaign, read: ItemsRead, now: Date) {
  const { slug } = campaign;
  const totals = addUp(shardsOf(slug, read), fromRollUpItem(read.itemAt(keys.rollUp(slug))));
  const { target } = campaign;
  return {
    campaign,
    totals,
    raised: totals.raised,
    month:
      target.kind === 'monthly-budget'
        ? monthFigures(target.firstMonth, hongKongMonth(now), totals.months, target.budgets)
        : undefined,
  };
}

function toView(slug: string, read: ItemsRead, now: Date): CampaignView | undefined {
  const standing = toStanding(slug, read, now);
  return standing && viewOf(standing, read, now);
}

/** A campaign that is not written (yet), with what was raised under its slug: for its preview. */
export async function viewUnwritten(
  campaign: Campaign,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<CampaignView> {
  const read = await readItems(table, keysOfView(campaign.slug), { consistent: true });
  return viewOf(standingOf(campaign, read, now), read, now);
}

function viewOf(
  { campaign, totals, raised, month }: ReturnType<typeof standingOf>,
  read: ItemsRead,
  now: Date,
): CampaignView {
  const { slug } = campaign;
  return {
    campaign,
    state: campaignState(campaign, now),
    raised,
    supporters: totals.supporters,
    firstMonth: Object.keys(totals.months).sort()[0],
    month,
    latest: fromLatestGiftsItem(read.itemAt(keys.latestGifts(slug)), read.itemAt(keys.latestWords(slug))),
    readAt: now,
  };
}
