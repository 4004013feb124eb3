import type { CampaignView } from '#giving/campaigns/read-campaigns.ts';
import {
  DisplayNameField,
  ErrorSummary,
  PersonFields,
  ReceiptNameField,
} from '#giving/gift-form/form-field.tsx';
import type { FormValues } from '#giving/gift-form/form-values.ts';
import type { Language } from '#platform/charity.ts';
import { formatDate } from '#platform/clock.ts';
import type { FieldError } from '#platform/errors.ts';
import { formatMoneyShort } from '#platform/money.ts';
import { amidChinese, receiverWithStatus } from '#platform/receiver-words.ts';
import { settings } from '#platform/settings.ts';
import { AskUs } from '#platform/web/ask-us.tsx';
import { Field, type WrongField } from '#platform/web/field.tsx';
import { localPath } from '#platform/web/languages.ts';
import { type PageFrame, page } from '#platform/web/layout.tsx';
import { endOfPromise, openWays, type PromisedGift, type PromiseWay, shownReference } from './promise.ts';
import { meansOf, promiseWordsOf } from './promise-words.ts';

type Frame = Pick<PageFrame, 'language' | 'demonstration' | 'site'>;

/** What a payer needs for one way: as rows of names and values. */
function Means({ way, language }: { way: PromiseWay; language: Language }) {
  const words = promiseWordsOf(language);
  const { payMe } = settings().otherWays ?? {};
  return (
    <>
      <dl class="facts">
        {meansOf(way, language).map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd class="copy">{value}</dd>
          </div>
        ))}
      </dl>
      {way === 'payMe' && payMe && (
        <p>
          <a class="button quiet" href={payMe.link} rel="noopener noreferrer">
            {words.payMeLink}
          </a>
        </p>
      )}
    </>
  );
}

/** The ways to give without Stripe, with the form that promises a gift. */
export function otherWaysPage({
  views,
  formKey,
  values,
  errors,
  notice,
  takesCards,
  ...frame
}: Frame & {
  /** The campaigns that take gifts. */
  readonly views: readonly CampaignView[];
  readonly formKey: string;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  readonly notice?: string | undefined;
  readonly takesCards: boolean;
}) {
  const { language } = frame;
  const words = promiseWordsOf(language);
  const ways = openWays();
  const lead = words.lead(receiverOf(language));
  const title = takesCards ? words.title : words.titleAlone;
  const wrong: WrongField = (field) => errors.find((error) => error.pointer === `/${field}`)?.detail;
  return page(
    { ...frame, path: '/give', title },
    <div class="measure">
      <h1>{title}</h1>
      <p class="lead">{ways.length === 0 ? words.none : lead}</p>
      {ways.length > 0 && <p class="notice">{words.check}</p>}
      {ways.map((way) => (
        <section>
          <h2>{words.ways[way]}</h2>
          <Means way={way} language={language} />
        </section>
      ))}
      {ways.length > 0 && views.length > 0 && (
        <section class="card" id="give">
          <h2>{words.promiseTitle}</h2>
          <p>{words.promiseLead}</p>
          {notice && (
            <p class="notice" role="status">
              {notice}
            </p>
          )}
          <ErrorSummary errors={errors} language={language} />
          <PromiseForm {...{ views, language, formKey, values, wrong }} />
        </section>
      )}
    </div>,
  );
}

/** The receiver's name with its status, as it stands amid a sentence. */
function receiverOf(language: Language): string {
  const receiver = receiverWithStatus(language);
  return language === 'en' ? receiver : amidChinese(receiver);
}

function PromiseForm({
  views,
  language,
  formKey,
  values,
  wrong,
}: {
  views: readonly CampaignView[];
  language: Language;
  formKey: string;
  values: FormValues;
  wrong: WrongField;
}) {
  const words = promiseWordsOf(language);
  const ways = openWays();
  const chosen = values.way ?? ways[0];
  return (
    <form method="post" action={localPath(language, '/give')}>
      <input type="hidden" name="formKey" value={formKey} />
      <Field name="slug" label={words.campaign} wrong={wrong}>
        {(tied) => (
          <select {...tied}>
            {views.map(({ campaign }) => (
              <option value={campaign.slug} selected={campaign.slug === values.slug}>
                {campaign.title[language]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="otherAmount" label={words.amount} wrong={wrong}>
        {(tied) => (
          <input
            {...tied}
            inputmode="decimal"
            autocomplete="off"
            required
            placeholder=" "
            value={values.otherAmount ?? ''}
          />
        )}
      </Field>
      <fieldset>
        <legend>{words.way}</legend>
        {ways.map((way) => (
          <label class="choice">
            <input type="radio" name="way" value={way} checked={way === chosen} />
            <span>{words.ways[way]}</span>
          </label>
        ))}
      </fieldset>
      <PersonFields language={language} values={values} wrong={wrong} emailHint={words.emailHint} />
      <ReceiptNameField language={language} values={values} wrong={wrong} />
      <DisplayNameField language={language} values={values} wrong={wrong} />
      <div>
        <button type="submit">{words.send}</button>
        <p class="note">{words.countsNothing}</p>
      </div>
    </form>
  );
}

/** The page of one promise: how to pay it, under which reference. */
export function promisePage({
  promise,
  campaign,
  ...frame
}: Frame & { readonly promise: PromisedGift; readonly campaign: string }) {
  const { language } = frame;
  const words = promiseWordsOf(language);
  const { state, way, reference, checkoutId } = promise;
  const amount = formatMoneyShort(promise.amount, 'hkd');
  const end = formatDate(endOfPromise(promise), language);
  return page(
    {
      ...frame,
      path: `/give/${checkoutId}`,
      title: words.madeTitle(words.ways[way], amount),
      unlisted: true,
    },
    <section class="card narrow">
      <h1>{words.madeTitle(words.ways[way], amount)}</h1>
      {state === 'open' ? (
        <>
          <p class="lead">{words.madeLead(campaign)}</p>
          <dl class="facts">
            <div>
              <dt>{words.reference}</dt>
              <dd class="big copy">{shownReference(reference)}</dd>
            </div>
            <div>
              <dt>{words.amountLabel}</dt>
              <dd class="copy">{amount}</dd>
            </div>
          </dl>
          <p>{words.giveReference}</p>
          <Means way={way} language={language} />
          <p class="notice">{words.check}</p>
          <p class="note">
            {words.until(end)} {words.keep}
          </p>
        </>
      ) : (
        <p class="lead">{state === 'received' ? words.received : words.lapsed}</p>
      )}
      <p class="ask">
        <AskUs language={language} />
      </p>
    </section>,
  );
}

/** The line on a campaign's page that leads to the other ways. */
export function OtherWays({ slug, language }: { slug: string; language: Language }) {
  const words = promiseWordsOf(language);
  const ways = openWays();
  if (ways.length === 0) return null;
  return (
    <p class="ask">
      <a href={`${localPath(language, '/give')}?campaign=${slug}`}>
        {words.linkHere(ways.map((way) => words.ways[way]).join(words.separator))}
      </a>
    </p>
  );
}

/** What a campaign's page offers where no cards are taken. */
export function OtherWaysAlone({ slug, language }: { slug: string; language: Language }) {
  const words = promiseWordsOf(language);
  const ways = openWays();
  if (ways.length === 0) return <p>{words.none}</p>;
  return (
    <>
      <p>{words.lead(receiverOf(language))}</p>
      <ul class="sources">
        {ways.map((way) => (
          <li>{words.ways[way]}</li>
        ))}
      </ul>
      <p>
        <a class="button" href={`${localPath(language, '/give')}?campaign=${slug}`}>
          {words.goOn}
        </a>
      </p>
    </>
  );
}
