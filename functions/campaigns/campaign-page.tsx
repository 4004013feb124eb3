import type { PublicGift } from '../gifts/latest-gifts-item.ts';
import { charity, type Language } from '../platform/charity.ts';
import { formatDate } from '../platform/clock.ts';
import type { FieldError } from '../platform/errors.ts';
import { formatMoney } from '../platform/money.ts';
import { localPath } from '../site/languages.ts';
import { page } from '../site/layout.tsx';
import { wordsOf } from '../site/words.ts';
import { type FormValues, GiveForm } from './give-form.tsx';
import { Progress } from './progress.tsx';
import type { CampaignView } from './read-campaigns.ts';

/** What the page of a campaign is made of. */
export interface CampaignPage {
  readonly view: CampaignView;
  readonly language: Language;
  readonly demonstration: boolean;
  /** A random text that makes a form that is sent twice one gift. */
  readonly formKey: string;
  /** What the giver filled in before, when something was not right. */
  readonly values?: FormValues;
  readonly errors?: readonly FieldError[];
}

/** The page of a campaign: why, how far, who gave, and the form to give. */
export function campaignPage({
  view,
  language,
  demonstration,
  formKey,
  values = {},
  errors = [],
}: CampaignPage) {
  const words = wordsOf(language);
  const { campaign } = view;
  const path = `/campaigns/${campaign.slug}`;
  return page(
    {
      language,
      path,
      title: campaign.title[language],
      description: campaign.summary[language],
      demonstration,
    },
    <>
      <h1>{campaign.title[language]}</h1>
      <p class="lead">{campaign.summary[language]}</p>
      <div class="split">
        <section>
          <img class="hero" src="/assets/warehouse.svg" alt="" width="640" height="360" />
          <Progress view={view} language={language} />
          <MonthFigures view={view} language={language} />
          {campaign.story[language].split('\n\n').map((paragraph) => (
            <p>{paragraph}</p>
          ))}
        </section>
        <section class="card">
          <h2>{words.giveTitle}</h2>
          {view.state === 'open' ? (
            <GiveForm
              campaign={campaign}
              language={language}
              action={localPath(language, path)}
              formKey={formKey}
              values={values}
              errors={errors}
            />
          ) : (
            <p>{view.state === 'closed' ? words.closed : words.notYetOpen}</p>
          )}
          <p class="note">
            {words.receiver(charity.name[language], charity.receiver[language])}{' '}
            {charity.feesBorneBy === 'receiver' && words.fee} {words.statement(charity.statementDescriptor)}
          </p>
          <p class="note">{words.privacy}</p>
        </section>
      </div>
      <section>
        <h2>{words.latest}</h2>
        <Gifts gifts={view.latest} language={language} />
      </section>
    </>,
  );
}

function MonthFigures({ view, language }: { view: CampaignView; language: Language }) {
  const { month, campaign } = view;
  if (!month) return null;
  const words = wordsOf(language);
  return (
    <>
      <dl class="figures">
        <div>
          <dt>{words.thisMonth}</dt>
          <dd>{formatMoney(month.raised, campaign.currency)}</dd>
        </div>
        <div>
          <dt>{words.carriedOver}</dt>
          <dd>{formatMoney(month.carriedOver, campaign.currency)}</dd>
        </div>
        <div>
          <dt>{words.monthsCovered}</dt>
          <dd>{month.monthsCovered.toFixed(1)}</dd>
        </div>
        <div>
          <dt>{words.raised}</dt>
          <dd>{formatMoney(view.raised, campaign.currency)}</dd>
        </div>
      </dl>
      <p class="note">{words.keptForNextMonths}</p>
    </>
  );
}

function Gifts({ gifts, language }: { gifts: readonly PublicGift[]; language: Language }) {
  const words = wordsOf(language);
  if (gifts.length === 0) return <p>{words.none}</p>;
  return (
    <ul class="gifts">
      {gifts.map((gift) => (
        <li>
          <span>
            {gift.name ?? words.anonymous}
            <time datetime={gift.at}>{formatDate(new Date(gift.at), language)}</time>
          </span>
          {gift.amount !== null && <strong>{formatMoney(gift.amount, 'hkd')}</strong>}
        </li>
      ))}
    </ul>
  );
}
