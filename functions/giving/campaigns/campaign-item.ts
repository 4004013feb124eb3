import type { Bilingual } from '#platform/charity.ts';
import type { Currency } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { Campaign, GivingLevel, Picture, Source, Target } from './campaign.ts';

/** The item of a campaign. */
export function toCampaignItem(campaign: Campaign): Item {
  return toItem(keys.campaign(campaign.slug), 'campaign', 1, {
    slug: campaign.slug,
    title: campaign.title,
    summary: campaign.summary,
    story: campaign.story,
    sources: campaign.sources,
    ...(campaign.picture && { picture: campaign.picture }),
    ...(campaign.surplus && { surplus: campaign.surplus }),
    currency: campaign.currency,
    target: campaign.target,
    levels: campaign.levels,
    opensAt: campaign.opensAt.toISOString(),
    ...(campaign.closesAt && { closesAt: campaign.closesAt.toISOString() }),
  });
}

/** Reads a campaign's item, field by field: its answers do not depend on the order in which the table gives them. */
export function fromCampaignItem(item: Item): Campaign {
  return {
    slug: item.slug as string,
    title: bilingual(item.title as Bilingual),
    summary: bilingual(item.summary as Bilingual),
    story: bilingual(item.story as Bilingual),
    sources: ((item.sources as Source[] | undefined) ?? []).map(({ text, publisher, date }) => ({
      text: bilingual(text),
      publisher: bilingual(publisher),
      date: date && bilingual(date),
    })),
    picture: item.picture ? picture(item.picture as Picture) : undefined,
    surplus: item.surplus ? bilingual(item.surplus as Bilingual) : undefined,
    currency: item.currency as Currency,
    target: target(item.target as Target),
    levels: (item.levels as GivingLevel[]).map(({ amount, text }) => ({ amount, text: bilingual(text) })),
    opensAt: new Date(item.opensAt as string),
    closesAt: item.closesAt ? new Date(item.closesAt as string) : undefined,
  };
}

function bilingual(text: Bilingual): Bilingual {
  return { en: text.en, 'zh-HK': text['zh-HK'] };
}

function picture({ file, shareFile, alt }: Picture): Picture {
  return { file, shareFile, alt: bilingual(alt) };
}

function target(stored: Target): Target {
  if (stored.kind === 'fund') return { kind: stored.kind, goal: stored.goal };
  const { kind, firstMonth, budgets } = stored;
  return { kind, firstMonth, budgets: budgets.map(({ from, amount }) => ({ from, amount })) };
}

/** The item that lists all campaigns, in the order of the page. */
export function toCampaignListItem(slugs: readonly string[]): Item {
  return toItem(keys.campaignList(), 'campaign-list', 1, { slugs });
}

/** Puts a campaign at the end of the list, once. Its condition fails when the campaign stands there already. */
export function toListedChange(slug: string): Change {
  return {
    update: keys.campaignList(),
    set: {
      expression: 'SET slugs = list_append(if_not_exists(slugs, :none), :slugs), entity = :entity, v = :v',
      values: { ':none': [], ':slugs': [slug], ':slug': slug, ':entity': 'campaign-list', ':v': 1 },
    },
    condition: 'attribute_not_exists(pk) OR NOT contains(slugs, :slug)',
  };
}
