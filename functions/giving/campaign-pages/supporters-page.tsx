import type { CampaignView } from '#giving/campaigns/read-campaigns.ts';
import type { PublicGift } from '#giving/latest-gifts/latest-gifts-item.ts';
import type { Language } from '#platform/charity.ts';
import { localPath } from '#platform/web/languages.ts';
import { page } from '#platform/web/layout.tsx';
import { wordsOf } from '#platform/web/words.ts';
import { campaignWordsOf } from './campaign-words.ts';
import { shareImageOf } from './picture.tsx';
import { Progress } from './progress.tsx';
import { NoGifts } from './standing.tsx';
import { Supporters } from './supporters.tsx';

export interface SupportersPage {
  readonly view: CampaignView;
  readonly gifts: readonly PublicGift[];
  /** The cursor of this page; undefined on the first. */
  readonly cursor: string | undefined;
  /** The cursor of the next, older page; undefined on the last. */
  readonly next: string | undefined;
  readonly language: Language;
  readonly demonstration: boolean;
  readonly site: string;
}

/** All gifts to a campaign, newest first, a page at a time. Search engines list only the first page. */
export function supportersPage({ view, gifts, cursor, next, language, demonstration, site }: SupportersPage) {
  const words = campaignWordsOf(language);
  const { campaign } = view;
  const campaignPath = `/campaigns/${campaign.slug}`;
  const path = `${campaignPath}/supporters`;
  const title = words.supportersOf(campaign.title[language]);
  const here = localPath(language, path);
  return page(
    {
      language,
      path,
      title,
      description: campaign.summary[language],
      demonstration,
      site,
      image: shareImageOf(campaign),
      money: `${campaignPath}/money`,
      ...(cursor && { search: queryOf(cursor), unlisted: true }),
    },
    <div class="wide">
      <h1>{title}</h1>
      <Progress view={view} language={language} />
      {gifts.length === 0 && (cursor ? <p>{words.noMore}</p> : <NoGifts view={view} language={language} />)}
      <Supporters gifts={gifts} currency={campaign.currency} now={view.readAt} language={language} />
      <nav class="row" aria-label={words.allSupporters}>
        {next && (
          <a class="button quiet" rel="next" href={here + queryOf(next)}>
            {words.older}
          </a>
        )}
        {cursor && (
          <a class="button quiet" href={here}>
            {words.newest}
          </a>
        )}
        <a class="button" href={localPath(language, campaignPath)}>
          {wordsOf(language).back}
        </a>
      </nav>
    </div>,
  );
}

function queryOf(cursor: string): string {
  return `?cursor=${encodeURIComponent(cursor)}`;
}
