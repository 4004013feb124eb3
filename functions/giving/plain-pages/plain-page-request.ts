import * as z from 'zod/mini';
import { type Bilingual, languages } from '#platform/charity.ts';
import { type FieldError, Problem } from '#platform/errors.ts';
import { parseFields, text } from '#platform/http/fields.ts';
import { renderMarkdown } from '#platform/web/markdown.ts';
import { type PageName, type PlainPage, pageStatuses } from './plain-page.ts';

const translated = (label: string, most: number, options: { lines?: boolean } = {}) =>
  z.strictObject(
    {
      en: z.optional(text(`${label} in English`, most, options)),
      'zh-HK': z.optional(text(`${label} in Chinese`, most, options)),
    },
    `${label} has the texts "en" and "zh-HK", one of which may follow later.`,
  );

export const plainPageSchema = z.strictObject(
  {
    title: translated('The title', 120),
    text: translated('The text', 8000, { lines: true }),
    status: z.enum(pageStatuses, `The status is one of: ${pageStatuses.join(', ')}.`),
  },
  'A page has title, text and status.',
);

const nameOf: Bilingual = { en: 'English', 'zh-HK': 'Chinese' };

/** @throws Problem `invalid` that names each wrong field */
export function parsePlainPage(name: PageName, body: unknown): PlainPage {
  const { title, text: said, status } = parseFields(plainPageSchema, body);
  const begun = languages.filter((each) => title[each] !== undefined || said[each] !== undefined);
  const written = begun.length === 0 ? languages : begun;
  const errors: FieldError[] = [];
  const whole = (typed: typeof title, field: string): Bilingual => {
    for (const each of written) {
      if (typed[each] !== undefined) continue;
      errors.push({ pointer: `/${field}/${each}`, detail: `This text in ${nameOf[each]} is missing.` });
    }
    const { en = '', 'zh-HK': chinese = '' } = typed;
    return { en: en || chinese, 'zh-HK': chinese || en };
  };
  const [titles, texts] = [whole(title, 'title'), whole(said, 'text')];
  if (errors.length > 0) throw new Problem('invalid', errors[0]?.detail ?? '', { errors });
  // On the privacy page the text stands below a heading of its own.
  const heading = name === 'privacy' ? 'h2' : 'h1';
  const html = { en: renderMarkdown(texts.en, heading), 'zh-HK': renderMarkdown(texts['zh-HK'], heading) };
  const awaits = languages.find((each) => !written.includes(each));
  return { name, status, title: titles, text: texts, html, awaits };
}

/** A page in the form of its request. A language that is awaited has no texts. */
export function writtenPage({ title, text: said, status, awaits }: PlainPage) {
  const of = ({ en, 'zh-HK': chinese }: Bilingual) => ({
    ...(awaits !== 'en' && { en }),
    ...(awaits !== 'zh-HK' && { 'zh-HK': chinese }),
  });
  return { title: of(title), text: of(said), status };
}
