import type { Child } from 'hono/jsx';
import { Progress } from '#giving/campaign-pages/progress.tsx';
import type { CampaignView } from '#giving/campaigns/read-campaigns.ts';
import { greetingName } from '#kernel/people/display-name.ts';
import { amountOf, type Checkout, partsOf } from '#payments/checkout/checkout.ts';
import { subjectPath } from '#payments/received/subject.ts';
import type { Language } from '#platform/charity.ts';
import { formatMoney } from '#platform/money.ts';
import { receiverWithStatus, statementText } from '#platform/receiver-words.ts';
import { htmlLanguage, localPath } from '#platform/web/languages.ts';
import { page } from '#platform/web/layout.tsx';
import { correctionOf } from './address-correction.ts';
import { type AddressError, AddressNotice, MailAndAddress } from './mail-and-address.tsx';
import type { Thanks } from './read-thanks.ts';
import { type ThanksWords, thanksWordsOf } from './thanks-words.ts';

/** Links that share a campaign's address; the page loads nothing from the sites that they lead to. */
function Share({ title, url, words }: { title: string; url: string; words: ThanksWords }) {
  const text = encodeURIComponent(`${words.shareText(title)} ${url}`);
  return (
    <section aria-labelledby="share">
      <hr />
      <h2 id="share">{words.shareTitle}</h2>
      <p>{words.share}</p>
      <p>
        <a class="button" href={`https://wa.me/?text=${text}`} rel="noopener noreferrer" target="_blank">
          {words.whatsApp}
        </a>
      </p>
      <p>
        <a
          href={`https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(url)}`}
          rel="noopener noreferrer"
          target="_blank"
        >
          {words.facebook}
        </a>
      </p>
      <p>
        {words.link}{' '}
        <a href={url}>
          {url.split('/').map((part, index) => (
            <>
              {index > 0 && '/'}
              <wbr />
              {part}
            </>
          ))}
        </a>
      </p>
    </section>
  );
}

export interface ThanksPage {
  readonly thanks: Thanks;
  readonly language: Language;
  readonly demonstration: boolean;
  /** Without a trailing slash. */
  readonly site: string;
  readonly now: Date;
  /** The campaign as its page shows it now; undefined while nothing is paid, and for another subject. */
  readonly view?: CampaignView | undefined;
  /** Whether the page will reload by itself. */
  readonly looksAgain: boolean;
  /** Why a correction of the address was not accepted. */
  readonly addressError?: AddressError;
}

/**
 * The page after paying. It never books: it shows the state of the checkout. A person who has the link sees no personal data, except
 * the donor's name and a masked address within the hour in which the address can be corrected.
 */
export function thanksPage(props: ThanksPage) {
  const { thanks, language, demonstration, site } = props;
  const { checkout } = thanks;
  const words = thanksWordsOf(language);
  const path = `/thanks/${checkout.id}`;
  const campaign = localPath(language, subjectPath(checkout.subject));
  const wasPaid = checkout.status === 'paid' || checkout.status === 'refunded';
  const isOver = checkout.status === 'expired' || checkout.status === 'failed';
  const { title, text } = wordsFor(props, words);
  return page(
    { language, path, title, demonstration, unlisted: true },
    <section class="card" data-status={checkout.status}>
      {props.addressError && !('typed' in props.addressError) && (
        <AddressNotice kind={props.addressError.kind} language={language} />
      )}
      <h1 dir="auto">{greeting(props, words) ?? title}</h1>
      <p class="lead" role="status">
        {text}
      </p>
      {wasPaid && <Facts {...props} href={campaign} />}
      {!isOver && !props.looksAgain && <MailAndAddress {...props} path={localPath(language, path)} />}
      {!wasPaid && !isOver && !props.looksAgain && (
        <p>
          <a class="button" href={localPath(language, path)}>
            {words.lookAgain}
          </a>
        </p>
      )}
      {wasPaid && props.view && <Progress view={props.view} language={language} />}
      {checkout.status === 'paid' && (
        <Share title={titleOf(props).title} url={`${site}${campaign}`} words={words} />
      )}
      <p>
        {isOver ? (
          <a class="button" href={`${campaign}?checkout=${checkout.id}`}>
            {words.tryAgain}
          </a>
        ) : (
          <a href={campaign}>{words.back}</a>
        )}
      </p>
    </section>,
  );
}

/** Thanks by name: only for a payment, and only while the link has hardly been passed on to others. */
function greeting({ thanks, now }: ThanksPage, words: ThanksWords): string | undefined {
  const { checkout, person, refunded } = thanks;
  if (checkout.status !== 'paid' || refunded >= amountOf(checkout)) return undefined;
  const name = correctionOf(checkout, now) === 'over' ? undefined : person && greetingName(person.name);
  return name === undefined ? undefined : words.thanksTo(name);
}

function wordsFor(
  { thanks, looksAgain }: ThanksPage,
  words: ThanksWords,
): { readonly title: string; readonly text: string } {
  const { currency } = thanks.checkout;
  const amount = amountOf(thanks.checkout);
  const { refunded } = thanks;
  const isRefunded = thanks.checkout.status === 'paid' && refunded >= amount;
  const status = isRefunded ? 'refunded' : thanks.checkout.status;
  switch (status) {
    case 'open':
      return { title: words.confirmingTitle, text: looksAgain ? words.confirming : words.confirmingLong };
    case 'processing':
      return { title: words.thanks, text: words.processing };
    case 'paid':
      if (refunded > 0) {
        const text = words.partlyRefunded(formatMoney(refunded, currency), formatMoney(amount, currency));
        return { title: words.thanks, text };
      }
      return { title: words.thanks, text: doneWords(thanks.checkout, words) };
    case 'refunded':
      return { title: words.refundedTitle, text: words.refunded(formatMoney(amount, currency)) };
    case 'expired':
      return { title: words.notPaidTitle, text: words.expired };
    case 'failed':
      return { title: words.notPaidTitle, text: words.failed };
  }
}

function doneWords(checkout: Checkout, words: ThanksWords): string {
  const { currency } = checkout;
  const { cover } = partsOf(checkout);
  const gift = formatMoney(amountOf(checkout) - cover, currency);
  return cover > 0 ? words.doneWithCover(gift, formatMoney(cover, currency)) : words.done(gift);
}

/**
 * What a donor may want to look up later: the campaign, what the gift does, who received it, its name on the card statement, and the
 * payment's id, by which staff can find it.
 */
function Facts(props: ThanksPage & { readonly href: string }) {
  const { thanks, view, language, href } = props;
  const words = thanksWordsOf(language);
  const { checkout, paymentId } = thanks;
  const { title, of } = titleOf(props);
  const { gift } = partsOf(checkout);
  const does = view?.campaign.levels.find(({ amount }) => amount === gift)?.text[language];
  const facts: readonly (readonly [string, Child])[] = [
    [
      words.givenTo,
      <a href={href} {...(of !== language && { lang: htmlLanguage(of) })}>
        {title}
      </a>,
    ],
    [words.does, does],
    [words.receiver, receiverWithStatus(language)],
    [words.statement, statementText()],
    [words.reference, paymentId && <span class="copy">{paymentId}</span>],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(
          ([term, fact]) =>
            fact && (
              <div>
                <dt>{term}</dt>
                <dd>{fact}</dd>
              </div>
            ),
        )}
      </dl>
      <p class="note">{words.noReceipt}</p>
    </>
  );
}

/** The campaign's title and its language; the subject's short name when it is not there. */
function titleOf({ thanks, view, language }: ThanksPage): { readonly title: string; readonly of: Language } {
  if (view) return { title: view.campaign.title[language], of: language };
  const { checkout } = thanks;
  return { title: checkout.subject.slug, of: checkout.language };
}
