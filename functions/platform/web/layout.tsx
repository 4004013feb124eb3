import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { charity, type Language } from '#platform/charity.ts';
import { AskUs } from './ask-us.tsx';
import { assetPath } from './assets.ts';
import { footerLinks } from './footer-links.ts';
import { htmlLanguage, localPath, otherLanguage } from './languages.ts';
import { type SharedAsset, type ShareImage, ShareTags } from './share-tags.tsx';
import { styles } from './styles.ts';
import { wordsOf } from './words.ts';

/** What every page says of itself. */
export interface PageFrame {
  readonly language: Language;
  /** The page's address in English, for example `/campaigns/soup-kitchen`. */
  readonly path: string;
  readonly title: string;
  readonly description?: string;
  /** Whether Stripe is in test mode: every page then says so. */
  readonly demonstration: boolean;
  /** The site's origin, without a trailing slash: a listed page needs it for its addresses elsewhere. */
  readonly site?: string;
  /** What a shared link shows; by default the charity's own picture. */
  readonly image?: ShareImage | SharedAsset;
  /** The query that the link to the other language keeps, with its question mark. */
  readonly search?: string;
  /** The money page that belongs to this page, by its address in English; by default the list of all. */
  readonly money?: string;
  /** Seconds after which the page loads itself again. */
  readonly refresh?: number;
  /** Keeps a page that only one person should see, or only people should, out of search engines. */
  readonly unlisted?: boolean;
}

/** The frame around every page: language, title, style, tags for sharing, links to the other language. */
export function page(frame: PageFrame, content: Child) {
  const { language, path, site } = frame;
  const words = wordsOf(language);
  const other = otherLanguage(language);
  const name = charity.name[language];
  const links = footerLinks();
  return html`<!doctype html>${(
    <html lang={htmlLanguage(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${frame.title} · ${name}`}</title>
        {frame.description && <meta name="description" content={frame.description} />}
        {frame.refresh && <meta http-equiv="refresh" content={String(frame.refresh)} />}
        {frame.unlisted && <meta name="robots" content="noindex" />}
        <meta name="theme-color" content="#fdf8f1" />
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link rel="apple-touch-icon" href={assetPath('apple-touch-icon.png')} />
        {site && !frame.unlisted && <ShareTags {...frame} site={site} />}
        <style>{raw(styles)}</style>
      </head>
      <body>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <header>
          {frame.demonstration && (
            <div class="demo" role="note">
              {words.demonstration}
            </div>
          )}
          <div class="weave" />
          <div class="top">
            <a href={localPath(language, '/')}>
              <img src={assetPath('icon.svg')} alt="" width="32" height="32" />
              {name}
            </a>
            <a
              href={localPath(other, path) + (frame.search ?? '')}
              lang={htmlLanguage(other)}
              hreflang={htmlLanguage(other)}
            >
              {words.otherLanguage}
            </a>
          </div>
        </header>
        <main id="main">{content}</main>
        <footer class="foot">
          <p>
            <strong>{name}</strong>
            {language === 'en' ? ' ' : '：'}
            {charity.about[language]}
          </p>
          <nav class="row" aria-label={words.footer}>
            <a href={localPath(language, '/')}>{words.home}</a>
            {links.every((link) => link.path !== '/about') && (
              <a href={`${localPath(language, '/')}#about`}>{words.about}</a>
            )}
            {links.map((link) => (
              <a href={localPath(language, link.path)}>{link.title[language]}</a>
            ))}
            <a href={localPath(language, frame.money ?? '/') + (frame.money ? '' : '#money')}>
              {words.money}
            </a>
            <a href={localPath(language, '/privacy')}>{words.privacy}</a>
            <a href={localPath(language, '/complaint')}>{words.complaint}</a>
          </nav>
          <p>
            <AskUs language={language} />
          </p>
          {site && <p class="address">{site + localPath(language, path)}</p>}
        </footer>
      </body>
    </html>
  )}`;
}
