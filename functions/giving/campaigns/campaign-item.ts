import { type Bilingual, languages } from '#platform/charity.ts';
import { currencies } from '#platform/money.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Fields, read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import {
  type Campaign,
  campaignStatuses,
  type PhotoSize,
  type Picture,
  type Source,
  type Target,
} from './campaign.ts';

export function toCampaignItem(campaign: Campaign): Item {
  return toItem(keys.campaign(campaign.slug), 'campaign', 1, {
    slug: campaign.slug,
    status: campaign.status,
    ...(campaign.awaits && { awaits: campaign.awaits }),
    title: campaign.title,
    summary: campaign.summary,
    story: campaign.story,
    ...(campaign.storyHtml && { storyHtml: campaign.storyHtml }),
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

export function fromCampaignItem(item: Item): Campaign {
  const fields = read(item);
  const [picture, surplus] = [fields.maybeRecord('picture'), fields.maybeRecord('surplus')];
  const storyHtml = fields.maybeRecord('storyHtml');
  return {
    slug: fields.text('slug'),
    // What was written before there were drafts is public.
    status: fields.maybeOneOf('status', campaignStatuses) ?? 'published',
    awaits: fields.maybeOneOf('awaits', languages),
    title: bilingual(fields.record('title')),
    summary: bilingual(fields.record('summary')),
    story: bilingual(fields.record('story')),
    storyHtml: storyHtml && bilingual(storyHtml),
    sources: (fields.maybeList('sources') ?? []).map(sourceIn),
    picture: picture && pictureIn(picture),
    surplus: surplus && bilingual(surplus),
    currency: fields.oneOf('currency', currencies),
    target: targetIn(fields.record('target')),
    levels: fields
      .list('levels')
      .map((level) => ({ amount: level.int('amount'), text: bilingual(level.record('text')) })),
    opensAt: fields.date('opensAt'),
    closesAt: fields.maybeDate('closesAt'),
  };
}

function pictureIn(fields: Fields): Picture {
  const alt = bilingual(fields.record('alt'));
  const sizes = fields.maybeList('sizes');
  if (sizes) return { sizes: toPhotoSizes(sizes), alt };
  return { file: fields.text('file'), shareFile: fields.text('shareFile'), alt };
}

export function toPhotoSizes(list: readonly Fields[]): PhotoSize[] {
  return list.map((each) => ({
    hash: each.text('hash'),
    width: each.int('width'),
    height: each.int('height'),
  }));
}

function bilingual(fields: Fields): Bilingual {
  return { en: fields.text('en'), 'zh-HK': fields.text('zh-HK') };
}

function sourceIn(fields: Fields): Source {
  const date = fields.maybeRecord('date');
  return {
    text: bilingual(fields.record('text')),
    publisher: bilingual(fields.record('publisher')),
    date: date && bilingual(date),
  };
}

function targetIn(fields: Fields): Target {
  const kind = fields.oneOf('kind', ['fund', 'monthly-budget']);
  if (kind === 'fund') return { kind, goal: fields.int('goal') };
  const budgets = fields
    .list('budgets')
    .map((budget) => ({ from: budget.text('from'), amount: budget.int('amount') }));
  return { kind, firstMonth: fields.text('firstMonth'), budgets };
}

/** The item that lists all campaigns, in the order of the page. */
export function toCampaignListItem(slugs: readonly string[]): Item {
  return toItem(keys.campaignList(), 'campaign-list', 1, { slugs });
}

/** Adds a campaign to the end of the list, once. The condition fails when the campaign is in the list already. */
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
