import type { CampaignView } from '#giving/campaigns/read-campaigns.ts';
import { giveWordsOf } from '#giving/gift-form/give-words.ts';
import { charity, type Language } from '#platform/charity.ts';
import { asksAndReceives, receiverWithStatus } from '#platform/receiver-words.ts';
import { localPath } from '#platform/web/languages.ts';
import { page } from '#platform/web/layout.tsx';
import { campaignWordsOf } from './campaign-words.ts';
import { Picture } from './picture.tsx';
import { Progress } from './progress.tsx';
import { Badge, spokenIn } from './standing.tsx';

export interface CampaignListPage {
  readonly views: readonly CampaignView[];
  readonly language: Language;
  readonly demonstration: boolean;
  /** The site's origin, without a trailing slash. */
  readonly site: string;
}

export function campaignListPage({ views, language, demonstration, site }: CampaignListPage) {
  const words = campaignWordsOf(language);
  const give = giveWordsOf(language);
  return page(
    {
      language,
      path: '/',
      title: words.listTitle,
      description: charity.about[language],
      demonstration,
      site,
    },
    <>
      <h1>{words.listTitle}</h1>
      <p class="lead">{charity.about[language]}</p>
      {views.length === 0 && <p>{words.emptyList}</p>}
      <ul class="cards">
        {views.map((view, index) => (
          <li class="tile">
            <Picture campaign={view.campaign} language={language} inList isBelow={index > 0} />
            <div>
              <h2>
                <a
                  href={localPath(language, `/campaigns/${view.campaign.slug}`)}
                  {...spokenIn(view.campaign, language)}
                >
                  {view.campaign.title[language]}
                </a>
              </h2>
              <Badge view={view} language={language} />
              <p {...spokenIn(view.campaign, language)}>{view.campaign.summary[language]}</p>
              <Progress view={view} language={language} />
            </div>
          </li>
        ))}
      </ul>
      <section id="about" class="measure">
        <h2>{words.aboutTitle}</h2>
        <p>{charity.about[language]}</p>
        <p>
          {asksAndReceives()
            ? give.whoAlone(receiverWithStatus(language))
            : give.who(
                charity.legalName[language],
                receiverWithStatus(language),
                charity.receiverAbout[language],
              )}
        </p>
        {charity.address && <p>{charity.address[language]}</p>}
      </section>
      <section id="money" class="measure">
        <h2>{words.money}</h2>
        <p>{words.moneyLead}</p>
        <ul class="ask sources">
          {views.map(({ campaign }) => (
            <li>
              <a href={localPath(language, `/campaigns/${campaign.slug}/money`)}>
                {words.moneyOf(campaign.title[language])}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </>,
  );
}
