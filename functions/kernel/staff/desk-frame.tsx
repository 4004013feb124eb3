import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { charity } from '#platform/charity.ts';
import { assetPath } from '#platform/web/assets.ts';
import type { DeskLink, DeskSession } from './desk-context.ts';
import { deskWords as words } from './desk-form-words.ts';
import { hidden } from './desk-input.ts';
import { deskStyles } from './desk-styles.ts';
import { mayDo } from './rights.ts';

/** What every page of the desk says of itself. */
export interface DeskFrame {
  readonly title: string;
  /** The page's own path; the navigation marks where it leads. */
  readonly path: string;
  /** Undefined where nobody is signed in. */
  readonly session: DeskSession | undefined;
  readonly links: readonly DeskLink[];
  readonly demonstration: boolean;
}

/** The frame around every page of the desk. It loads nothing and runs no script. */
export function deskLayout({ title, path, session, links, demonstration }: DeskFrame, content: Child) {
  const name = charity.name.en;
  const open = links.filter(({ right }) => session && (right === null || mayDo(session.actor, right)));
  return html`<!doctype html>${(
    <html lang="en-HK">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${words.desk} · ${name}`}</title>
        <meta name="robots" content="noindex" />
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
            <a href="/staff">
              <img src={assetPath('icon.svg')} alt="" width="32" height="32" />
              {`${name} · ${words.desk}`}
            </a>
            {session && (
              <div class="who">
                <span>{words.signedIn(session.name)}</span>
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
                  {link.title.en}
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

/** What a page says that says one thing, with the way back. */
export function DeskMessage({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <section class="card narrow">
      <h1>{title}</h1>
      <p class="lead">{detail}</p>
      <p class="row">
        <a class="button" href="/staff">
          {words.home}
        </a>
      </p>
    </section>
  );
}
