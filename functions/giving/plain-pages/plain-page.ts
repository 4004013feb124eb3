import type { Bilingual, Language } from '#platform/charity.ts';

/** The pages that the staff write, by their addresses. What they write of privacy stands above the notice that the law asks for. */
export const pageNames = ['about', 'needs', 'visit', 'partners', 'help', 'privacy'] as const;
export type PageName = (typeof pageNames)[number];

export const pageStatuses = ['draft', 'published'] as const;

/** A page that the staff write. */
export interface PlainPage {
  readonly name: PageName;
  readonly status: (typeof pageStatuses)[number];
  readonly title: Bilingual;
  /** Markdown: what a person wrote. */
  readonly text: Bilingual;
  /** The same as HTML, made when it was written. */
  readonly html: Bilingual;
  /** The language whose texts are still to be written; until then they are those of the other one. */
  readonly awaits: Language | undefined;
}

/** The page that a text names; undefined for any other. */
export function pageNamed(text: string): PageName | undefined {
  return pageNames.find((each) => each === text);
}
