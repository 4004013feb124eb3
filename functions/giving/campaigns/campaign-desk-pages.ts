import { budgetOf } from '#accounting/funds/monthly-budget.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { type DeskField, moneyValue } from '#kernel/staff/desk-input.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { mayDo, permit } from '#kernel/staff/rights.ts';
import { charity } from '#platform/charity.ts';
import { formatMonth, hongKongDay, hongKongMonth } from '#platform/clock.ts';
import { type Campaign, lastDay } from './campaign.ts';
import { writeEndpoint } from './campaign-api.ts';
import { Campaigns, ChangedMeanwhile } from './campaign-desk.tsx';
import { campaignDeskWords as words } from './campaign-desk-words.ts';
import { highestGoal, writtenCampaign } from './campaign-request.ts';
import { readAllCampaigns } from './read-campaigns.ts';
import { readForEditing } from './write-campaign.ts';

const list = deskPage({
  path: '/staff/campaigns',
  right: 'campaign.read',
  label: words.label,
  input: {},
  read: async (_, { table, now, actor }) => ({
    views: await readAllCampaigns({ table, now }),
    mayWrite: mayDo(actor, 'campaign.write'),
  }),
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
  about: ({ campaign }, problem) => ChangedMeanwhile({ campaign, problem }),
  fields: ({ campaign, now }) => [...texts(campaign), ...figures(campaign, now), ...levelRows(campaign)],
  button: words.save,
  whole: {
    revision: ({ revision }) => revision,
    body: (said, { campaign, now }) => withForm(writtenCampaign(campaign), said, now),
  },
  back: () => '/staff/campaigns',
  done: 'saved',
});

const make = deskForm({
  operation: writeEndpoint,
  path: '/staff/new-campaign',
  read: async (_, { now }) => ({ now }),
  title: () => words.newTitle,
  fields: ({ now }) => [
    { name: 'slug', kind: 'text', label: words.slug, hint: words.slugHint },
    ...texts(),
    { name: 'target/goal', kind: 'money', label: words.goal, most: highestGoal },
    { name: 'opensAt', kind: 'day', label: words.opens, value: hongKongDay(now) },
    closesField(undefined),
    ...levelRows(),
  ],
  button: words.save,
  whole: {
    revision: () => undefined,
    body: (said, { now }) => withForm({ currency: 'HKD', target: { kind: 'fund' }, levels: [] }, said, now),
  },
  back: () => '/staff/campaigns',
  done: 'saved',
});

/** The desk's pages of campaigns. */
export const campaignDeskPages = [list, ...edit, ...make];

function texts(campaign?: Campaign): DeskField[] {
  return (['title', 'summary', 'story'] as const).flatMap((name) =>
    (['en', 'zh-HK'] as const).map((language): DeskField => {
      const label = words.fields[name];
      return {
        name: `${name}/${language}`,
        kind: name === 'story' ? 'lines' : 'text',
        label: language === 'en' ? words.inEnglish(label) : words.inChinese(label),
        ...(name === 'story' && { hint: words.storyHint }),
        ...(campaign && { value: campaign[name][language] }),
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

function levelRows({ levels }: Pick<Campaign, 'levels'> = { levels: [] }): DeskField[] {
  return Array.from({ length: levels.length + freeRows }, (_, row) => {
    const level = levels[row];
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
        ...(level && { value: level.text.en }),
      },
      {
        ...{ name: `levels/${row}/text/zh-HK`, kind: 'text', label: words.inChinese(text), isOptional: true },
        ...(level && { value: level.text['zh-HK'] }),
      },
    ];
    return fields;
  }).flat();
}

type Written = Partial<ReturnType<typeof writtenCampaign>> | Readonly<Record<string, unknown>>;

/** A campaign as its operation takes it, with what the form says; what the form does not show stays as it is. */
function withForm(written: Written, said: Readonly<Record<string, unknown>>, now: Date) {
  const { budget, levels, opensAt, closesAt, target, ...texts } = said;
  const before = written as Partial<ReturnType<typeof writtenCampaign>>;
  return {
    ...written,
    ...texts,
    target: { ...before.target, ...(target as object), ...budgets(before.target, budget, now) },
    levels: Object.values((levels ?? {}) as object),
    opensAt: momentOf(opensAt, before.opensAt, 0),
    closesAt: momentOf(closesAt, before.closesAt ?? undefined, 1),
  };
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
