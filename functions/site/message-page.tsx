import type { Language } from '../platform/charity.ts';
import { localPath } from './languages.ts';
import { page } from './layout.tsx';
import { wordsOf } from './words.ts';

/** A page that says one thing, with the way back: not found, something went wrong. */
export function messagePage(
  text: { readonly title: string; readonly detail: string },
  language: Language,
  demonstration: boolean,
) {
  return page(
    { language, path: '/', title: text.title, demonstration, unlisted: true },
    <section class="card">
      <h1>{text.title}</h1>
      <p class="lead">{text.detail}</p>
      <p>
        <a class="button" href={localPath(language, '/')}>
          {wordsOf(language).home}
        </a>
      </p>
    </section>,
  );
}
