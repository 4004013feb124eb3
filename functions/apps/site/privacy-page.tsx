import { Hono } from 'hono';
import { consentWording } from '#kernel/people/consent.ts';
import { charity, type Language } from '#platform/charity.ts';
import { settings } from '#platform/settings.ts';
import { cacheable, freshness } from '#platform/web/caching.ts';
import { languageOf } from '#platform/web/languages.ts';
import { page } from '#platform/web/layout.tsx';
import type { SiteContext } from '#platform/web/site-context.ts';
import { privacyWordsOf } from './privacy-words.ts';

export function privacyPages({ demonstration, site, stripe }: SiteContext): Hono {
  const app = new Hono();
  for (const path of ['/privacy', '/zh/privacy']) {
    cacheable(app, path, freshness.documents);
    const frame = { language: languageOf(path), takesCards: stripe !== undefined, demonstration, site };
    app.get(path, (c) => c.html(privacyPage(frame)));
  }
  return app;
}

/** The notice (PDPO Cap. 486, data protection principles 1, 5 and 6), with the charity's names from its configuration. */
function privacyPage({
  takesCards,
  ...frame
}: {
  readonly language: Language;
  readonly takesCards: boolean;
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
