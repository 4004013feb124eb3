import type { Campaign } from '#giving/campaigns/campaign.ts';
import type { Language } from '#platform/charity.ts';
import { campaignWordsOf } from './campaign-words.ts';

export function Story({ campaign, language }: { campaign: Campaign; language: Language }) {
  const words = campaignWordsOf(language);
  return (
    <>
      {campaign.story[language].split('\n\n').map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      {campaign.sources.length > 0 && (
        <div class="note">
          <h3>{words.sources}</h3>
          <ul class="sources">
            {campaign.sources.map(({ text, publisher, date }) => (
              <li>
                {text[language]}
                {language === 'en' ? ' ' : ''}
                <cite>{sourceOf(publisher[language], date?.[language] ?? words.noDate, language)}</cite>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function sourceOf(publisher: string, date: string, language: Language): string {
  return language === 'en' ? `(${publisher}, ${date})` : `（${publisher}，${date}）`;
}
