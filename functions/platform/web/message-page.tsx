import type { Language } from '#platform/charity.ts';
import { localPath } from './languages.ts';
import { page } from './layout.tsx';
import { wordsOf } from './words.ts';

/** What a page says that says one thing. */
interface Message {
  readonly title: string;
  readonly detail: string;
  /** A nearer way on than the list of campaigns. */
  readonly link?: { readonly text: string; readonly href: string };
}

/** A page that says one thing, with the way back: not found, something went wrong. */
export function messagePage({ title, detail, link }: Message, language: Language, demonstration: boolean) {
  return page(
    { language, path: '/', title, demonstration, unlisted: true },
    <section class="card narrow">
      <h1>{title}</h1>
      <p class="lead">{detail}</p>
      <p class="row">
        {link && (
          <a class="button" href={link.href}>
            {link.text}
          </a>
        )}
        <a class={link ? 'button quiet' : 'button'} href={localPath(language, '/')}>
          {wordsOf(language).home}
        </a>
      </p>
    </section>,
  );
}
