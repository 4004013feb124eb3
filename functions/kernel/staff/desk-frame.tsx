import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { charity, type Language } from '#platform/charity.ts';
import { assetPath } from '#platform/web/assets.ts';
import { htmlLanguage, otherLanguage } from '#platform/web/languages.ts';
import type { DeskLink, DeskSession } from './desk-context.ts';
import { hidden } from './desk-input.ts';
import { deskStyles } from './desk-styles.ts';
import { deskWordsOf } from './desk-words.ts';
import { mayDo } from './rights.ts';
import { deskHome, ownSessions } from './sign-in.ts';

/** What every page of the desk says of itself. */
export interface DeskFrame {
  readonly title: string;
  /** The page's own path; the navigation marks where it leads. */
  readonly path: string;
  /** Undefined where nobody is signed in. */
  readonly session: DeskSession | undefined;
  readonly links: readonly DeskLink[];
  readonly demonstration: boolean;
  /** Of a page that exists in both languages; the others are in English. */
  readonly language?: Language;
  /** Where the browser goes on by itself at once. */
  readonly onward?: string | undefined;
  /** After how many seconds it looks again at the same page. */
  readonly again?: number | undefined;
}

/** The frame around every page of the desk. It loads nothing and runs no script. */
export function deskLayout(frame: DeskFrame, content: Child) {
  const { title, path, session, links, demonstration, language = 'en', onward, again } = frame;
  const words = deskWordsOf(language);
  const name = charity.name[language];
  const open = links.filter(({ right }) => session && (right === null || mayDo(session.actor, right)));
  return html`<!doctype html>${(
    <html lang={htmlLanguage(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${words.desk} · ${name}`}</title>
        <meta name="robots" content="noindex" />
        {onward && <meta http-equiv="refresh" content={`0; url=${onward}`} />}
        {again !== undefined && <meta http-equiv="refresh" content={String(again)} />}
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <style>{raw(deskStyles)}</style>
      </head>
      <body>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <header>
          {demonstration && (
            <div class="demo" role="note">
              {words.testMode}
            </div>
          )}
          <div class="weave" />
          <div class="top">
            <a href={deskHome}>
              <img src={assetPath('icon.svg')} alt="" width="32" height="32" />
              {`${name} · ${words.desk}`}
            </a>
            {session && (
              <div class="who">
                <a href={ownSessions}>{words.signedIn(session.name)}</a>
                {frame.language && <LanguageForm session={session} language={otherLanguage(language)} />}
                <form method="post" action="/staff/sign-out">
                  <input type="hidden" name={hidden.csrf} value={session.csrf} />
                  <button type="submit" class="quiet small">
                    {words.signOut}
                  </button>
                </form>
              </div>
            )}
          </div>
          {open.length > 0 && (
            <nav class="top desk" aria-label={words.navigation}>
              {open.map((link) => (
                <a href={link.path} {...(link.path === path && { 'aria-current': 'page' as const })}>
                  {link.title[language]}
                </a>
              ))}
            </nav>
          )}
        </header>
        <main id="main">{content}</main>
      </body>
    </html>
  )}`;
}

/** The button that shows the desk in another language. */
function LanguageForm({ session, language }: { readonly session: DeskSession; readonly language: Language }) {
  return (
    <form method="post" action="/staff/language">
      <input type="hidden" name={hidden.csrf} value={session.csrf} />
      <input type="hidden" name="language" value={language} />
      <button type="submit" class="quiet small" lang={htmlLanguage(language)}>
        {deskWordsOf(language).thisLanguage}
      </button>
    </form>
  );
}

interface MessageProps {
  readonly title: string;
  readonly detail: string;
  /** By default the home of the desk. */
  readonly link?: { readonly text: string; readonly href: string };
}

/** What a page says that says one thing, with the way on. */
export function DeskMessage({
  title,
  detail,
  link = { text: deskWordsOf('en').home, href: deskHome },
}: MessageProps) {
  return (
    <section class="card narrow">
      <h1>{title}</h1>
      <p class="lead">{detail}</p>
      <p class="row">
        <a class="button" href={link.href}>
          {link.text}
        </a>
      </p>
    </section>
  );
}
