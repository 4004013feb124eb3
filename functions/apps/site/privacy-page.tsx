import { Hono } from 'hono';
import type { PlainPage } from '#giving/plain-pages/plain-page.ts';
import { PlainText } from '#giving/plain-pages/public-plain-page.tsx';
import { recallPlainPage } from '#giving/plain-pages/read-texts.ts';
import { consentWording } from '#kernel/people/consent.ts';
import { charity, type Language } from '#platform/charity.ts';
import { settings } from '#platform/settings.ts';
import { cacheable, freshness } from '#platform/web/caching.ts';
import { languageOf } from '#platform/web/languages.ts';
import { page } from '#platform/web/layout.tsx';
import type { SiteContext } from '#platform/web/site-context.ts';
import { privacyWordsOf } from './privacy-words.ts';

export function privacyPages(ctx: SiteContext): Hono {
  const { demonstration, site, stripe } = ctx;
  const app = new Hono();
  for (const path of ['/privacy', '/zh/privacy']) {
    cacheable(app, path, freshness.totals);
    const frame = { language: languageOf(path), takesCards: stripe !== undefined, demonstration, site };
    app.get(path, async (c) => {
      const own = await recallPlainPage('privacy', ctx);
      return c.html(privacyPage({ ...frame, own }));
    });
  }
  return app;
}

/** The notice (PDPO Cap. 486, data protection principles 1, 5 and 6), with the charity's names from its configuration. */
function privacyPage({
  takesCards,
  own,
  ...frame
}: {
  readonly language: Language;
  readonly takesCards: boolean;
  /** What the staff wrote: it stands above the notice. */
  readonly own: PlainPage | undefined;
  readonly demonstration: boolean;
  readonly site: string;
}) {
  const { language } = frame;
  const words = privacyWordsOf(language);
  const { replyTo } = settings();
  const sections = words.sections({
    asks: charity.legalName[language],
    receiver: charity.receiver[language],
    oneBody: charity.legalName[language] === charity.receiver[language],
    mail: replyTo,
    takesCards,
    consent: consentWording[language],
  });
  return page(
    { ...frame, path: '/privacy', title: words.title, description: words.lead },
    <div class="measure">
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {own && (
        <section>
          <h2>{own.title[language]}</h2>
          <PlainText plain={own} language={language} />
        </section>
      )}
      {sections.map(({ title, paragraphs = [], points = [] }) => (
        <section>
          <h2>{title}</h2>
          {paragraphs.map((paragraph) => (
            <p>{paragraph}</p>
          ))}
          {points.length > 0 && (
            <ul class="sources">
              {points.map((point) => (
                <li>{point}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
      <p class="ask">
        <a href={`mailto:${replyTo}`}>{replyTo}</a>
      </p>
    </div>,
  );
}
