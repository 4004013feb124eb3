import { raw } from 'hono/html';
import type { Campaign } from '#giving/campaigns/campaign.ts';
import type { CampaignView } from '#giving/campaigns/read-campaigns.ts';
import type { FormValues } from '#giving/gift-form/form-values.ts';
import { GiveForm } from '#giving/gift-form/give-form.tsx';
import { giveWordsOf } from '#giving/gift-form/give-words.ts';
import { OtherWays, OtherWaysAlone } from '#giving/promises/promise-page.tsx';
import type { Language } from '#platform/charity.ts';
import type { FieldError } from '#platform/errors.ts';
import { localPath } from '#platform/web/languages.ts';
import { page } from '#platform/web/layout.tsx';
import { wordsOf } from '#platform/web/words.ts';
import { campaignWordsOf } from './campaign-words.ts';
import { Picture, shareImageOf } from './picture.tsx';
import { MonthFigures, Progress } from './progress.tsx';
import { Share } from './share.tsx';
import { Badge, NoGifts, Standing, spokenIn, TakesNoGifts } from './standing.tsx';
import { Supporters } from './supporters.tsx';

function Story({ campaign, language }: { campaign: Campaign; language: Language }) {
  const words = campaignWordsOf(language);
  return (
    <>
      {campaign.storyHtml
        ? raw(campaign.storyHtml[language])
        : campaign.story[language].split('\n\n').map((paragraph) => <p>{paragraph}</p>)}
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

export interface CampaignPage {
  readonly view: CampaignView;
  readonly language: Language;
  /** Whether cards are taken; without them the other ways are offered alone. */
  readonly takesCards: boolean;
  readonly demonstration: boolean;
  /** The site's origin, without a trailing slash. */
  readonly site: string;
  /** A random text: a form that is sent twice makes one gift. */
  readonly formKey: string;
  /** What the donor filled in or chose before. */
  readonly values?: FormValues;
  readonly errors?: readonly FieldError[];
  /** What the donor must read first; it appears above the form. */
  readonly notice?: string;
  /** The label of the button that confirms a second equal gift. */
  readonly confirm?: string;
  /** The query string that the link to the other language keeps, with its question mark. */
  readonly search?: string;
  /** Shows the page as donors will see it to who writes it: its form sends nothing, and nobody is to find it. */
  readonly isPreview?: boolean;
  /** Its address in English, where it is not the campaign's own. */
  readonly path?: string;
}

/** Comments of the latest gifts are cut to so many characters here, so that the page stays within its 14 kB. */
const longestComment = 100;

/** The page of a campaign: why, how far it is, who gave, and the form to give. */
export function campaignPage(props: CampaignPage) {
  const { view, language, demonstration, site, search, errors = [], isPreview } = props;
  const { campaign } = view;
  const title = campaign.title[language];
  const own = `/campaigns/${campaign.slug}`;
  const { path = own } = props;
  const spoken = spokenIn(campaign, language);
  return page(
    {
      language,
      path,
      title: errors.length > 0 ? giveWordsOf(language).errorPrefix + title : title,
      description: campaign.summary[language],
      demonstration,
      site,
      image: shareImageOf(campaign),
      money: `${own}/money`,
      ...(search && { search }),
      ...(isPreview && { unlisted: true }),
    },
    <>
      {isPreview && <p class="notice">{campaignWordsOf(language).preview}</p>}
      <p class="up">
        <a href={localPath(language, '/')}>{campaignWordsOf(language).allCampaigns}</a>
      </p>
      {campaign.awaits === language && <p class="notice">{campaignWordsOf(language).awaited}</p>}
      <h1 {...spoken}>{title}</h1>
      {view.state !== 'open' && <Badge view={view} language={language} />}
      <p class="lead" {...spoken}>
        {campaign.summary[language]}
      </p>
      <div class="split">
        <section>
          <figure>
            <Picture campaign={campaign} language={language} />
          </figure>
          <Progress view={view} language={language} />
          <Standing view={view} language={language} />
        </section>
        <Giving {...props} />
        <section>
          <h2>{campaignWordsOf(language).storyTitle}</h2>
          <MonthFigures view={view} language={language} />
          <div {...spoken}>
            <Story campaign={campaign} language={language} />
          </div>
          <p class="ask">
            <a href={localPath(language, `${own}/money`)}>{campaignWordsOf(language).money}</a>
          </p>
          <Share
            url={site + localPath(language, own)}
            title={title}
            language={language}
            qrCode={localPath(language, `${own}/qr.svg`)}
          />
          <StickyGive view={view} language={language} />
        </section>
        <LatestSupporters view={view} language={language} />
      </div>
    </>,
  );
}

/** The form with what a donor must know before giving, or the reason why there is none. */
function Giving({
  view,
  language,
  takesCards,
  formKey,
  values = {},
  errors = [],
  notice,
  confirm,
  isPreview = false,
}: CampaignPage) {
  if (view.state !== 'open') {
    return (
      <section class="card give" id="give">
        <Notice text={notice} />
        <TakesNoGifts view={view} language={language} />
      </section>
    );
  }
  return (
    <section class="card give" id="give" inert={isPreview}>
      <h2>{wordsOf(language).giveTitle}</h2>
      <Notice text={notice} />
      {takesCards ? (
        <>
          <GiveForm
            campaign={view.campaign}
            language={language}
            action={localPath(language, `/campaigns/${view.campaign.slug}`)}
            formKey={formKey}
            values={values}
            errors={errors}
            {...(confirm && { confirm })}
          />
          <OtherWays slug={view.campaign.slug} language={language} />
        </>
      ) : (
        <OtherWaysAlone slug={view.campaign.slug} language={language} />
      )}
    </section>
  );
}

/** The notice takes the focus when the page opens: on a phone it is far below the first screen. */
function Notice({ text }: { text: string | undefined }) {
  return text ? (
    <p class="notice" role="status" tabindex={-1} autofocus>
      {text}
    </p>
  ) : null;
}

function LatestSupporters({ view, language }: { view: CampaignView; language: Language }) {
  const words = wordsOf(language);
  const { campaign, latest, readAt } = view;
  return (
    <section>
      <h2>{words.latest}</h2>
      {latest.length === 0 ? (
        <NoGifts view={view} language={language} />
      ) : (
        <>
          <Supporters
            gifts={latest}
            currency={campaign.currency}
            now={readAt}
            language={language}
            longestComment={longestComment}
          />
          <p>
            <a class="button quiet" href={localPath(language, `/campaigns/${campaign.slug}/supporters`)}>
              {campaignWordsOf(language).allSupporters}
            </a>
          </p>
        </>
      )}
      <StickyGive view={view} language={language} />
    </section>
  );
}

/** On a phone the link back to the form stays within reach beside the text; it never covers a field. */
function StickyGive({ view, language }: { view: CampaignView; language: Language }) {
  if (view.state !== 'open') return null;
  return (
    <div class="stick">
      <a class="button" href="#give">
        {campaignWordsOf(language).toForm}
      </a>
    </div>
  );
}
