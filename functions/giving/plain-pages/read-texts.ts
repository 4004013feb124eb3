import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';
import type { FooterLink } from '#platform/web/footer-links.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { type PageName, type PlainPage, pageNames } from './plain-page.ts';
import { fromPlainPageItem } from './plain-page-item.ts';

/** A page with the number of times that it was written. */
export type RevisedPage = PlainPage & { readonly revision: number };

/** All pages that were written, in the order of their names. */
export async function readPlainPages({ table }: Pick<Context, 'table'>): Promise<readonly RevisedPage[]> {
  const wanted = pageNames.map(keys.plainPage);
  const read = await readItems(table, wanted);
  return readIntact(
    wanted.flatMap((key) => read.itemAt(key) ?? []),
    fromPlainPageItem,
  );
}

/** A page as it was written; undefined before anybody did. */
export async function readPlainPage(
  name: PageName,
  { table }: Pick<Context, 'table'>,
): Promise<RevisedPage | undefined> {
  const key = keys.plainPage(name);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  return item && fromPlainPageItem(item);
}

/** A page as the public sees it; undefined before it is published. The answer may be a few seconds old. */
export function recallPlainPage(
  name: PageName,
  { table, memory }: Pick<SiteContext, 'table' | 'memory'>,
): Promise<PlainPage | undefined> {
  return memory.recall(`page ${name}`, async () => {
    const found = await readPlainPage(name, { table });
    return found?.status === 'published' ? found : undefined;
  });
}

/** What the foot of every page links to: the published pages, in their order. */
export async function readFooterLinks({ table }: Pick<Context, 'table'>): Promise<readonly FooterLink[]> {
  const all = await readPlainPages({ table });
  return all
    .filter(({ name, status }) => status === 'published' && name !== 'privacy')
    .map(({ name, title }) => ({ path: `/${name}`, title }));
}
