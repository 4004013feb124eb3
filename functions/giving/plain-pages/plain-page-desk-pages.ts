import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import type { DeskField } from '#kernel/staff/desk-input.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import type { Language } from '#platform/charity.ts';
import { Problem } from '#platform/errors.ts';
import { type PageName, pageNamed, pageStatuses } from './plain-page.ts';
import { writePageEndpoint } from './plain-page-api.ts';
import { PlainPages, WritingPage } from './plain-page-desk.tsx';
import { parsePlainPage } from './plain-page-request.ts';
import { firstTexts, plainPageWords as words } from './plain-page-words.ts';
import { plainPage } from './public-plain-page.tsx';
import { type RevisedPage, readPlainPage, readPlainPages } from './read-texts.ts';

const list = deskPage({
  path: '/staff/pages',
  right: 'page.write',
  label: words.label,
  input: {},
  read: async (_, { table }) => ({ pages: await readPlainPages({ table }) }),
  title: () => words.title,
  show: ({ pages }, view) => PlainPages({ pages, view }),
});

interface Writing {
  readonly name: PageName;
  readonly page: RevisedPage | undefined;
}

const edit = deskForm({
  operation: writePageEndpoint,
  path: '/staff/pages/{name}/edit',
  read: async ({ name: asked }, { table }): Promise<Writing> => {
    const name = pageNamed(asked);
    if (!name) throw new Problem('not-found', 'There is no such page.');
    return { name, page: await readPlainPage(name, { table }) };
  },
  title: ({ name }) => words.editTitle(words.names[name]),
  about: ({ page }, problem) => WritingPage({ page, problem }),
  fields: (writing) => [
    ...fieldsOf('title', writing),
    ...fieldsOf('text', writing),
    {
      ...{ name: 'status', kind: 'choice', label: words.status, value: writing.page?.status ?? 'draft' },
      options: pageStatuses.toReversed().map((each) => [each, words.become[each]] as const),
    },
  ],
  button: words.save,
  whole: {
    revision: ({ page }) => page?.revision,
    body: (said) => ({ title: {}, text: {}, ...said }),
  },
  previews: {
    labels: words.previews,
    draw: async (language, body, { name }, { demonstration }) => {
      const plain = parsePlainPage(name, body);
      const shown: Language = language === 'zh' ? 'zh-HK' : 'en';
      return plainPage({ plain, language: shown, demonstration, site: '', isPreview: true });
    },
  },
  back: () => '/staff/pages',
  done: ({ status = '' }) => status,
});

/** The desk's pages of plain pages. */
export const plainPageDeskPages = [list, ...edit];

function fieldsOf(field: 'title' | 'text', { name, page }: Writing): DeskField[] {
  return (['en', 'zh-HK'] as const).map((language): DeskField => {
    const label = words.fields[field];
    const first = field === 'text' ? firstTexts[name]?.[language] : undefined;
    const value = page ? page.awaits !== language && page[field][language] : first;
    return {
      name: `${field}/${language}`,
      kind: field === 'text' ? 'lines' : 'text',
      label: language === 'en' ? words.inEnglish(label) : words.inChinese(label),
      isOptional: 'unsaid',
      ...(language === 'zh-HK' && { isBeside: true }),
      ...(field === 'text' && { hint: words.textHint }),
      ...(value && { value }),
    };
  });
}
