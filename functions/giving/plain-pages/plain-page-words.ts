import type { Language } from '#platform/charity.ts';
import type { PageName, PlainPage } from './plain-page.ts';

/** The sentences of the desk's pages about plain pages. */
export const plainPageWords = {
  label: { en: 'Pages', 'zh-HK': '網頁' },
  title: 'Pages of the site',
  intro:
    'A page that is published is linked at the foot of every page, within a minute, in the order of this list.',
  names: {
    about: 'About us',
    needs: 'What we need this week',
    visit: 'Visit us',
    partners: 'Partners',
    help: 'Help for refugees',
    privacy: 'Privacy: what stands above the notice',
  } as const satisfies Record<PageName, string>,
  unwritten: 'not written yet',
  statuses: { draft: 'draft: nobody sees it', published: 'published' } as const satisfies Record<
    PlainPage['status'],
    string
  >,
  write: 'Write it',
  see: 'See it',
  of: (name: string) => ` ${name}`,
  editTitle: (name: string) => `Write “${name}”`,
  oneFollows:
    'Write one language or both. Leave both fields of a language empty to write it later: its page then shows the other one with a note.',
  fields: { title: 'Title', text: 'Text' },
  inEnglish: (what: string) => `${what}, English`,
  inChinese: (what: string) => `${what}, Chinese`,
  textHint:
    'An empty line begins a new paragraph. **Two stars** make it bold, a line with “- ” is a point of a list, one with “# ” a heading, and [a name](https://example.org) a link.',
  status: 'Who sees it',
  become: {
    published: 'Everybody: publish it',
    draft: 'Nobody: keep it as a draft',
  } as const satisfies Record<PlainPage['status'], string>,
  save: 'Save',
  previews: { en: 'Preview in English', zh: 'Preview in Chinese' },
  changedTitle: 'Another person saved it after you began',
  changed: 'What you typed stands in the form below. As it stands now:',
  done: { published: 'Saved. It stands on the site.', draft: 'Saved as a draft.' } as Readonly<
    Record<string, string>
  >,
};

/** What a page begins with: what is needed has two lists. */
export const firstTexts: { readonly [Name in PageName]?: Readonly<Record<Language, string>> } = {
  needs: {
    en: '# What we need\n\n- \n\n# What we have enough of\n\n- ',
    'zh-HK': '# 我們需要\n\n- \n\n# 暫時足夠\n\n- ',
  },
};

/** What the public page says of itself. */
export const awaitedWords: Readonly<Record<Language, string>> = {
  en: 'The English text follows soon. Until then you see the Chinese one.',
  'zh-HK': '中文版稍後推出，現先顯示英文。',
};
