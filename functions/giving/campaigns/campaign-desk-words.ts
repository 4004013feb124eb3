import type { CampaignState } from './campaign.ts';

/** The sentences of the desk's pages about campaigns. */
export const campaignDeskWords = {
  label: { en: 'Campaigns', 'zh-HK': '籌款項目' },
  title: 'Campaigns',
  intro: 'What you change stands on the site at once, in both languages.',
  make: 'Begin a new campaign',
  states: { 'not-yet-open': 'opens later', open: 'takes gifts', closed: 'closed' } as const satisfies Record<
    CampaignState,
    string
  >,
  raised: (amount: string) => `${amount} raised`,
  see: 'See it',
  edit: 'Change it',
  of: (title: string) => ` ${title}`,
  editTitle: (title: string) => `Change “${title}”`,
  newTitle: 'Begin a new campaign',
  slug: 'Its name in the address',
  slugHint: 'Small letters, digits and hyphens: soup-kitchen. It stays as it is for ever.',
  inEnglish: (what: string) => `${what}, English`,
  inChinese: (what: string) => `${what}, Chinese`,
  fields: { title: 'Title', summary: 'Summary, one sentence', story: 'Story' },
  storyHint: 'An empty line begins a new paragraph.',
  goal: 'Goal in HK$',
  budget: (month: string) => `Budget a month in HK$, from ${month} on`,
  opens: 'Opens on',
  closes: 'Last day',
  closesHint: 'Leave it empty for a campaign without an end.',
  level: (number: number) => `Amount to choose ${number}, in HK$`,
  levelText: (number: number) => `What amount ${number} does`,
  levelHint: 'Leave all three of a row empty to take it away. The smallest amount stands first.',
  save: 'Save',
  changedTitle: 'Another person saved it after you began',
  changed: 'What you typed stands in the form below. As it stands on the site now:',
  done: { saved: 'Saved. It stands on the site.' } as Readonly<Record<string, string>>,
};
