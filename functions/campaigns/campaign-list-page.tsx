import { charity, type Language } from '../platform/charity.ts';
import { localPath } from '../site/languages.ts';
import { page } from '../site/layout.tsx';
import { wordsOf } from '../site/words.ts';
import { Progress } from './progress.tsx';
import type { CampaignView } from './read-campaigns.ts';

/** The page of all campaigns. */
export function campaignListPage(views: readonly CampaignView[], language: Language, demonstration: boolean) {
  const words = wordsOf(language);
  return page(
    { language, path: '/', title: words.campaigns, demonstration },
    <>
      <h1>{charity.name[language]}</h1>
      <p class="lead">{words.campaigns}</p>
      <ul class="cards">
        {views.map((view) => (
          <li class="card">
            <h2>
              <a href={localPath(language, `/campaigns/${view.campaign.slug}`)}>
                {view.campaign.title[language]}
              </a>
            </h2>
            <p>{view.campaign.summary[language]}</p>
            <Progress view={view} language={language} />
          </li>
        ))}
      </ul>
    </>,
  );
}
