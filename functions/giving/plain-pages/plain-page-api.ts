import * as z from 'zod/mini';
import { list as listed, oneOf, text } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { overwriting } from '#kernel/staff/revision-input.ts';
import { Problem } from '#platform/errors.ts';
import { reply } from '#platform/http/endpoint.ts';
import { type Input, inPath, unreadJson } from '#platform/http/input.ts';
import { type PageName, pageNamed, pageNames, pageStatuses } from './plain-page.ts';
import { parsePlainPage, plainPageSchema, writtenPage } from './plain-page-request.ts';
import { readPlainPage, readPlainPages } from './read-texts.ts';
import { writePlainPage } from './write-text.ts';

/** @throws Problem `not-found` for a name that is no page's */
const pageInPath: Input<PageName> = inPath(
  { description: 'Which page.', schema: { type: 'string', enum: [...pageNames] }, example: 'about' },
  (name) => {
    const known = pageNamed(name);
    if (!known) throw new Problem('not-found', 'There is no such page.');
    return known;
  },
);

const example: z.input<typeof plainPageSchema> = {
  title: { en: 'About us', 'zh-HK': '關於我們' },
  text: { en: 'We are **refugees** in Hong Kong.', 'zh-HK': '我們是香港的**難民**。' },
  status: 'published',
};

const list = endpoint({
  id: 'listPages',
  method: 'get',
  path: '/api/staff/pages',
  right: 'page.write',
  summary: 'The plain pages that were written',
  description:
    'About us, what is needed, how to visit, partners, help, and what stands above the privacy notice.',
  input: {},
  answer: () =>
    listed(
      'Each page.',
      z.object({
        name: oneOf(pageNames),
        status: oneOf(pageStatuses),
        title: z.object({ en: text, 'zh-HK': text }),
      }),
    ),
  run: async (_, { table }) => {
    const pages = await readPlainPages({ table });
    return { data: pages.map(({ name, status, title }) => ({ name, status, title })) };
  },
});

const read = endpoint({
  id: 'getPage',
  method: 'get',
  path: '/api/staff/pages/{name}',
  right: 'page.write',
  summary: 'A plain page as it is written',
  description:
    'In Markdown. What is read can be changed and sent back, with the ETag of the answer as If-Match.',
  input: { name: pageInPath },
  answer: () => plainPageSchema,
  answerName: 'PlainPage',
  problems: ['not-found'],
  run: async ({ name }, { table }) => {
    const page = await readPlainPage(name, { table });
    if (!page) throw new Problem('not-found', 'Nobody has written this page yet.');
    return reply(writtenPage(page), { revision: page.revision });
  },
});

export const writePageEndpoint = endpoint({
  id: 'putPage',
  method: 'put',
  path: '/api/staff/pages/{name}',
  right: 'page.write',
  summary: 'Write a plain page',
  description:
    'A published one stands at its own address, in the footer and in the sitemap; a draft is seen by nobody.',
  input: {
    name: pageInPath,
    seen: overwriting('page'),
    body: unreadJson({ PlainPage: plainPageSchema }, example),
  },
  answer: () => plainPageSchema,
  answerName: 'PlainPage',
  problems: ['not-found'],
  run: async ({ name, seen, body }, { table, now, permit }) => {
    const page = await writePlainPage({ page: parsePlainPage(name, body), seen, permit }, { table, now });
    return reply(writtenPage(page), { revision: page.revision });
  },
});

/** The staff's operations on plain pages. */
export const plainPageApi = [list, read, writePageEndpoint];
