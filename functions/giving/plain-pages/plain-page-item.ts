import { type Bilingual, languages } from '#platform/charity.ts';
import { keys } from '#platform/table/keys.ts';
import { type Fields, read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type PlainPage, pageNames, pageStatuses } from './plain-page.ts';

export function toPlainPageItem({ awaits, ...page }: PlainPage, revision: number): Item {
  return toItem(keys.plainPage(page.name), 'plain-page', 1, { ...page, ...(awaits && { awaits }), revision });
}

export function fromPlainPageItem(item: Item): PlainPage & { readonly revision: number } {
  const fields = read(item);
  return {
    name: fields.oneOf('name', pageNames),
    status: fields.oneOf('status', pageStatuses),
    title: bilingual(fields.record('title')),
    text: bilingual(fields.record('text')),
    html: bilingual(fields.record('html')),
    awaits: fields.maybeOneOf('awaits', languages),
    revision: fields.int('revision'),
  };
}

function bilingual(fields: Fields): Bilingual {
  return { en: fields.text('en'), 'zh-HK': fields.text('zh-HK') };
}
