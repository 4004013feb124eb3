import { raw } from 'hono/html';
import type { Language } from '#platform/charity.ts';
import { htmlLanguage, otherLanguage } from '#platform/web/languages.ts';
import { page } from '#platform/web/layout.tsx';
import type { PlainPage } from './plain-page.ts';
import { awaitedWords } from './plain-page-words.ts';

interface PublicPlainPage {
  readonly plain: PlainPage;
  readonly language: Language;
  readonly demonstration: boolean;
  /** The site's origin, without a trailing slash. */
  readonly site: string;
  readonly isPreview?: boolean;
}

/** The public page of what the staff wrote. */
export function plainPage({ plain, language, demonstration, site, isPreview = false }: PublicPlainPage) {
  const { name, title } = plain;
  const frame = { language, path: `/${name}`, title: title[language], demonstration, site };
  return page(
    { ...frame, ...(isPreview && { unlisted: true }) },
    <div class="measure">
      <h1 {...spokenIn(plain, language)}>{title[language]}</h1>
      <PlainText plain={plain} language={language} />
    </div>,
  );
}

/** The text of a page, with a note where it is in the other language. */
export function PlainText({ plain, language }: { readonly plain: PlainPage; readonly language: Language }) {
  return (
    <>
      {plain.awaits === language && <p class="notice">{awaitedWords[language]}</p>}
      <div {...spokenIn(plain, language)}>{raw(plain.html[language])}</div>
    </>
  );
}

function spokenIn({ awaits }: PlainPage, language: Language): { readonly lang?: string } {
  return awaits === language ? { lang: htmlLanguage(otherLanguage(language)) } : {};
}
