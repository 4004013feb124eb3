import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { charity, type Language } from '../platform/charity.ts';
import { localPath, otherLanguage } from './languages.ts';
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
  /** Seconds after which the page loads itself again. */
  readonly refresh?: number;
  /** Keeps a page that only one person should see out of search engines. */
  readonly unlisted?: boolean;
}

/** The frame around every page: language, title, style, links to the other language. */
export function page(frame: PageFrame, content: Child) {
  const { language, path } = frame;
  const words = wordsOf(language);
  const other = otherLanguage(language);
  const name = charity.name[language];
  return html`<!doctype html>${(
    <html lang={language === 'en' ? 'en-HK' : 'zh-Hant-HK'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${frame.title} · ${name}`}</title>
        {frame.description && <meta name="description" content={frame.description} />}
        {frame.refresh && <meta http-equiv="refresh" content={String(frame.refresh)} />}
        {frame.unlisted && <meta name="robots" content="noindex" />}
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="alternate" hreflang="en-HK" href={localPath('en', path)} />
        <link rel="alternate" hreflang="zh-Hant-HK" href={localPath('zh-HK', path)} />
        <style>{raw(styles)}</style>
      </head>
      <body>
        {frame.demonstration && <div class="demo">{words.demonstration}</div>}
        <header class="top">
          <a href={localPath(language, '/')}>{name}</a>
          <a href={localPath(other, path)} lang={other === 'en' ? 'en-HK' : 'zh-Hant-HK'}>
            {words.otherLanguage}
          </a>
        </header>
        <main>{content}</main>
        <footer class="foot">
          {words.ask} <a href={`mailto:${charity.replyTo}`}>{charity.replyTo}</a>
        </footer>
      </body>
    </html>
  )}`;
}
