import { budgetOf } from '#accounting/funds/monthly-budget.ts';
import { campaignPage } from '#giving/campaign-pages/campaign-page.tsx';
import { asPublished, previewPath } from '#giving/campaign-pages/preview-pages.ts';
import { type Campaign, type CampaignStatus, lastDay, nextStatuses } from '#giving/campaigns/campaign.ts';
import { moveEndpoint, statusEndpoint, writeEndpoint } from '#giving/campaigns/campaign-api.ts';
import { highestGoal, parseCampaign, writtenCampaign } from '#giving/campaigns/campaign-request.ts';
import { drawingNamed, drawnPicture } from '#giving/campaigns/drawn-pictures.ts';
import { readAllCampaigns, viewUnwritten } from '#giving/campaigns/read-campaigns.ts';
import { readForEditing } from '#giving/campaigns/write-campaign.ts';
import type { DeskContext } from '#kernel/staff/desk-context.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { type DeskField, moneyValue } from '#kernel/staff/desk-input.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { mayDo, permit } from '#kernel/staff/rights.ts';
import { charity, type Language } from '#platform/charity.ts';
import { formatMonth, hongKongDay, hongKongMonth } from '#platform/clock.ts';
import { Campaigns, Editing } from './campaign-desk.tsx';
import { campaignDeskWords as words } from './campaign-desk-words.ts';

const list = deskPage({
  path: '/staff/campaigns',
  right: 'campaign.read',
  label: words.label,
  input: {},
  read: async (_, { table, now, actor, hash }) => {
    const [views, keyed] = await Promise.all([readAllCampaigns({ table, now }), hash?.()]);
    return {
      views,
      previewOf: (slug: string) => keyed && previewPath(keyed, slug),
      mayWrite: mayDo(actor, 'campaign.write'),
    };
  },
  title: () => words.title,
  show: (data, view) => Campaigns({ ...data, view }),
});

/** Rows for amounts to choose beyond those that are there. */
const freeRows = 2;

const edit = deskForm({
  operation: writeEndpoint,
  path: '/staff/campaigns/{slug}/edit',
  read: async ({ slug }, { table, now, actor }) => ({
    ...(await readForEditing({ slug, permit: permit(actor, 'campaign.read') }, { table })),
    now,
  }),
  title: ({ campaign }) => words.editTitle(campaign.title.en),
  about: ({ campaign }, problem) => Editing({ campaign, problem }),
  fields: ({ campaign, now }) => [
    ...texts(campaign),
    pictureField(words.pictureNow),
    ...figures(campaign, now),
    ...levelRows(campaign),
  ],
  button: words.save,
  whole: {
    revision: ({ revision }) => revision,
    body: (said, { campaign, now }) => withForm(writtenCampaign(campaign), said, now),
  },
  previews: {
    labels: words.previews,
    draw: (language, body, { campaign, now }, desk) =>
      drawPreview(language, { ...campaign, ...parseCampaign(campaign.slug, body) }, now, desk),
  },
  back: () => '/staff/campaigns',
  done: 'saved',
});

const make = deskForm({
  operation: writeEndpoint,
  path: '/staff/new-campaign',
  read: async (_, { now }) => ({ now }),
  title: () => words.newTitle,
  about: () => Editing({}),
  fields: ({ now }) => [
    { name: 'slug', kind: 'text', label: words.slug, hint: words.slugHint },
    ...texts(),
    pictureField(words.pictureUsual),
    {
      ...{ name: 'target/kind', kind: 'choice', label: words.kind, hint: words.kindHint },
      options: Object.entries(words.kinds),
    },
    { name: 'amount', kind: 'money', label: words.amount, most: highestGoal },
    { name: 'opensAt', kind: 'day', label: words.opens, value: hongKongDay(now) },
    closesField(undefined),
    ...levelRows(),
  ],
  button: words.save,
  whole: {
    revision: () => undefined,
    body: (said, { now }) => withForm({ status: 'draft', currency: 'HKD', levels: [] }, said, now),
  },
  previews: {
    labels: words.previews,
    draw: (language, { slug, ...body }, { now }, desk) =>
      drawPreview(language, { ...parseCampaign(String(slug), body), status: 'draft' }, now, desk),
  },
  back: () => '/staff/campaigns',
  done: 'begun',
});

const status = deskForm({
  operation: statusEndpoint,
  path: '/staff/campaigns/{slug}/status',
  read: ({ slug }, { table, actor }) =>
    readForEditing({ slug, permit: permit(actor, 'campaign.read') }, { table }),
  title: ({ campaign }) => words.statusTitle(campaign.title.en),
  fields: ({ campaign }) => [
    {
      ...{ name: 'status', kind: 'choice', label: words.status },
      options: nextStatuses(campaign.status).map((each) => [each, words.become[each]]),
    },
  ],
  button: words.go,
  confirm: (body, { campaign }) => {
    const wanted = nextStatuses(campaign.status).find((each) => each === body.status) ?? campaign.status;
    const button = words.becomeNamed(words.become[wanted], campaign.title.en);
    return { sentence: words.becomes(campaign)[wanted], button };
  },
  back: () => '/staff/campaigns',
  done: ({ status: became = '' }) => became,
});

const move = deskForm({
  operation: moveEndpoint,
  path: '/staff/campaigns/{slug}/move',
  read: ({ slug }, { table, actor }) =>
    readForEditing({ slug, permit: permit(actor, 'campaign.read') }, { table }),
  title: ({ campaign }) => words.moveTitle(campaign.title.en),
  fields: () => [
    { name: 'direction', kind: 'choice', label: words.direction, options: Object.entries(words.directions) },
  ],
  button: words.go,
  back: () => '/staff/campaigns',
  done: 'moved',
});

/** The desk's pages of campaigns. */
export const campaignDeskPages = [list, ...edit, ...make, ...status, ...move];

/** The public page of a campaign as a form says it. */
async function drawPreview(
  name: string,
  campaign: Omit<Campaign, 'status'> & { readonly status: CampaignStatus | undefined },
  now: Date,
  { table, stripe, demonstration }: DeskContext,
) {
  const language: Language = name === 'zh' ? 'zh-HK' : 'en';
  const shown = asPublished({ ...campaign, status: campaign.status ?? 'draft' });
  const view = await viewUnwritten(shown, { table, now });
  const takesCards = stripe !== undefined;
  return campaignPage({ view, language, demonstration, site: '', takesCards, formKey: '', isPreview: true });
}

function texts(campaign?: Campaign): DeskField[] {
  return (['title', 'summary', 'story'] as const).flatMap((name) =>
    (['en', 'zh-HK'] as const).map((language): DeskField => {
      const label = words.fields[name];
      return {
        name: `${name}/${language}`,
        kind: name === 'story' ? 'lines' : 'text',
        label: language === 'en' ? words.inEnglish(label) : words.inChinese(label),
        isOptional: 'unsaid',
        ...(language === 'zh-HK' && { isBeside: true }),
        ...(name === 'story' && { hint: words.storyHint }),
        ...(campaign && campaign.awaits !== language && { value: campaign[name][language] }),
      };
    }),
  );
}

function figures({ target, opensAt, closesAt }: Campaign, now: Date): DeskField[] {
  const month = hongKongMonth(now);
  const aim =
    target.kind === 'fund'
      ? { name: 'target/goal', label: words.goal, value: moneyValue(target.goal) }
      : {
          ...{ name: 'budget', label: words.budget(formatMonth(month, 'en')) },
          value: moneyValue(budgetOf(month, target.budgets)),
        };
  return [
    { ...aim, kind: 'money', most: highestGoal },
    { name: 'opensAt', kind: 'day', label: words.opens, value: hongKongDay(opensAt) },
    closesField(closesAt && lastDay(closesAt)),
  ];
}

function closesField(value: string | undefined): DeskField {
  const field = { name: 'closesAt', kind: 'day', label: words.closes, hint: words.closesHint } as const;
  return { ...field, isOptional: true, ...(value !== undefined && { value }) };
}

function pictureField(asItIs: string): DeskField {
  const options = [['', asItIs], ...Object.entries(words.drawings)] as const;
  const about = { label: words.picture, hint: words.pictureHint, isOptional: 'unsaid' } as const;
  return { name: 'drawing', kind: 'choice', ...about, options };
}

function levelRows({ levels, awaits }: Partial<Campaign> = {}): DeskField[] {
  return Array.from({ length: (levels?.length ?? 0) + freeRows }, (_, row) => {
    const level = levels?.[row];
    const text = words.levelText(row + 1);
    const fields: DeskField[] = [
      {
        ...{ name: `levels/${row}/amount`, kind: 'money', label: words.level(row + 1), isOptional: true },
        least: charity.smallestGift,
        ...(row === 0 && { hint: words.levelHint }),
        ...(level && { value: moneyValue(level.amount) }),
      },
      {
        ...{ name: `levels/${row}/text/en`, kind: 'text', label: words.inEnglish(text), isOptional: true },
        isBeside: true,
        ...(level && awaits !== 'en' && { value: level.text.en }),
      },
      {
        ...{ name: `levels/${row}/text/zh-HK`, kind: 'text', label: words.inChinese(text), isOptional: true },
        isBeside: true,
        ...(level && awaits !== 'zh-HK' && { value: level.text['zh-HK'] }),
      },
    ];
    return fields;
  }).flat();
}

type Written = Partial<ReturnType<typeof writtenCampaign>> | Readonly<Record<string, unknown>>;

/** A campaign as its operation takes it, with what the form says; what the form does not show stays as it is. */
function withForm(written: Written, said: Readonly<Record<string, unknown>>, now: Date) {
  const {
    drawing,
    budget,
    amount,
    levels,
    opensAt,
    closesAt,
    target,
    title = {},
    summary = {},
    story = {},
    ...slug
  } = said;
  const before = written as Partial<ReturnType<typeof writtenCampaign>>;
  const drawn = drawingNamed(drawing);
  return {
    ...written,
    ...slug,
    ...(drawn && { picture: drawnPicture(drawn) }),
    ...{ title, summary, story },
    target: before.target
      ? { ...before.target, ...(target as object), ...budgets(before.target, budget, now) }
      : newTarget(target, amount, now),
    levels: Object.values((levels ?? {}) as object),
    opensAt: momentOf(opensAt, before.opensAt, 0),
    closesAt: momentOf(closesAt, before.closesAt ?? undefined, 1),
  };
}

/** What a new campaign wants to raise. */
function newTarget(said: unknown, amount: unknown, now: Date) {
  const { kind } = said as { readonly kind?: unknown };
  if (kind !== 'monthly-budget') return { kind, goal: amount };
  const firstMonth = hongKongMonth(now);
  return { kind, firstMonth, budgets: [{ from: firstMonth, amount }] };
}

/** The budgets with another one from this month on, where the form says another. */
function budgets(target: Campaign['target'] | undefined, budget: unknown, now: Date) {
  if (target?.kind !== 'monthly-budget' || typeof budget !== 'number') return {};
  const month = hongKongMonth(now);
  if (budgetOf(month, target.budgets) === budget) return {};
  const others = target.budgets.filter(({ from }) => from < month);
  const later = target.budgets.filter(({ from }) => from > month);
  return { budgets: [...others, { from: month, amount: budget }, ...later] };
}

const day = 86_400_000;

/** The midnight in Hong Kong with which a day begins, or which ends it; a moment that the form shows by its day alone stays. */
function momentOf(typed: unknown, before: string | undefined, daysLater: 0 | 1): unknown {
  if (typeof typed !== 'string') return null;
  const shown = before && hongKongDay(new Date(Date.parse(before) - daysLater));
  if (shown === typed) return before;
  const midnight = Date.parse(`${typed}T00:00:00+08:00`);
  return Number.isNaN(midnight) ? typed : new Date(midnight + daysLater * day).toISOString();
}
