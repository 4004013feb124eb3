import { categoryLabel } from '#accounting/disbursements/categories.ts';
import type { PublicGroup, PublicMoney, PublicMonth } from '#accounting/funds/public-money.ts';
import { charity, type Language } from '#platform/charity.ts';
import { formatDate, formatMonth, formatTime } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { localPath } from '#platform/web/languages.ts';
import { page } from '#platform/web/layout.tsx';
import type { Headline } from './headline.ts';
import { MoneyChart } from './money-chart.tsx';
import { type MoneyWords, moneyWordsOf } from './money-words.ts';
import type { MoneyView } from './read-money.ts';

interface Part {
  readonly money: PublicMoney;
  readonly language: Language;
}

export function moneyPage(
  view: MoneyView,
  {
    takesCards,
    ...frame
  }: {
    readonly language: Language;
    readonly takesCards: boolean;
    readonly demonstration: boolean;
    readonly site: string;
  },
) {
  const { campaign, money } = view;
  const { language } = frame;
  const words = moneyWordsOf(language);
  const path = `/campaigns/${campaign.slug}`;
  const title = words.title(campaign.title[language]);
  return page(
    { ...frame, path: `${path}/money`, money: `${path}/money`, title, description: words.lead },
    <>
      <h1>{title}</h1>
      <p class="lead">{words.lead}</p>
      {money.months.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <Standing {...view} language={language} takesCards={takesCards} />
          <section class="measure">
            <h2>{words.chartTitle}</h2>
            <MoneyChart months={money.months} language={language} />
          </section>
          <MonthTable money={money} language={language} />
          <Purposes money={money} language={language} />
          <More money={money} language={language} />
          <p class="note measure">{words.why}</p>
        </>
      )}
      <p class="row">
        <a class="button quiet" href={localPath(language, `${path}/money.csv`)} download>
          {words.csv}
        </a>
        <a class="button quiet" href={localPath(language, path)}>
          {words.back}
        </a>
      </p>
    </>,
  );
}

/** What came in, what became of it and who bore the fees, as it is true at this moment. */
function Standing({
  money,
  headline,
  asOf,
  language,
  takesCards,
}: Part & Pick<MoneyView, 'headline' | 'asOf'> & { readonly takesCards: boolean }) {
  const words = moneyWordsOf(language);
  return (
    <section class="card measure">
      <h2>{words.cameIn(amount(headline.cameIn))}</h2>
      <p class="lead">
        <strong>{standing(headline, words)}</strong>
      </p>
      {headline.fees.all > 0 && <p>{feesSentence(headline.fees, language)}</p>}
      <p class="note">
        {headline.waits > 0 && words.waits} {money.proof.holds && words.proven(takesCards)}{' '}
        {words.asOf(`${formatDate(asOf, language)} ${formatTime(asOf)}`)}
      </p>
    </section>
  );
}

function standing({ paidOutPercent, paidOut }: Headline, words: MoneyWords): string {
  if (paidOutPercent === undefined) return paidOut > 0 ? words.overdrawn(amount(paidOut)) : '';
  if (paidOutPercent === 100) return words.allPaidOut;
  return paidOutPercent === 0 ? words.allWaits : words.standing(paidOutPercent);
}

/** Who bore the fees, by name, with each one's sum. */
function feesSentence({ all, cover, byFund, byReceiver, receiver }: Headline['fees'], language: Language) {
  const words = moneyWordsOf(language);
  const shares = [
    cover > 0 && words.feesCovered(amount(cover)),
    byReceiver > 0 && words.feesOfReceiver[receiver](charity.receiver[language], amount(byReceiver)),
    byFund > 0 && words.feesOfFund(amount(byFund)),
  ].filter((share) => share !== false);
  const who = shares.length > 0 ? words.colon + shares.join(words.and) : '';
  return words.feesTook(amount(all)) + who + words.stop;
}

function MonthTable({ money, language }: Part) {
  const words = moneyWordsOf(language);
  const { months, sums } = money;
  return (
    <section>
      <h2 id="by-month">{words.byMonth}</h2>
      <p class="note">
        {words.inDollars} {months.some(isPartly) && `* ${words.familiesLater}`}
      </p>
      <section class="scroll" aria-labelledby="by-month" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.month}</th>
              <th scope="col">{words.received}</th>
              <th scope="col">{words.passedOn}</th>
              <th scope="col">{words.held}</th>
            </tr>
          </thead>
          <tbody>
            {months.toReversed().map((each) => (
              <tr>
                <th scope="row">{monthOf(each, language)}</th>
                <td>{plain(each.received)}</td>
                <td>
                  {each.passedOn === undefined ? words.later : plain(each.passedOn)}
                  {isPartly(each) && '*'}
                </td>
                <td>{plain(each.held)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{words.all}</th>
              <td>{plain(sums.received)}</td>
              <td>{plain(sums.passedOn)}</td>
              <td>{plain(sums.held)}</td>
            </tr>
          </tfoot>
        </table>
      </section>
    </section>
  );
}

/** Whether only payments to suppliers are shown of a month yet. */
function isPartly({ passedOn, isComplete }: PublicMonth): boolean {
  return passedOn !== undefined && !isComplete;
}

function Purposes({ money, language }: Part) {
  const words = moneyWordsOf(language);
  const shown = money.months.filter(({ groups }) => groups.length > 0).toReversed();
  return (
    <section class="measure">
      <h2>{words.purposes}</h2>
      {shown.length === 0 ? (
        <p>{words.noPurposes}</p>
      ) : (
        <>
          <GroupTable caption={words.all} groups={money.sums.groups} language={language} />
          {shown.map((each, index) => (
            <details open={index === 0}>
              <summary>{formatMonth(each.month, language)}</summary>
              <GroupTable groups={each.groups} language={language} />
            </details>
          ))}
        </>
      )}
    </section>
  );
}

function GroupTable({
  caption,
  groups,
  language,
}: {
  caption?: string;
  groups: readonly PublicGroup[];
  language: Language;
}) {
  const words = moneyWordsOf(language);
  return (
    <table>
      {caption && <caption>{caption}</caption>}
      <thead>
        <tr>
          <th scope="col">{words.purpose}</th>
          <th scope="col">{words.amount}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr>
            <th scope="row">{categoryLabel(group.category, language)}</th>
            <td>{amount(group.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const moreFigures = [
  'opening',
  'cover',
  'refunded',
  'disputed',
  'transferredIn',
  'transferredOut',
  'corrected',
] as const satisfies readonly (keyof PublicMonth)[];

/** Everything else that changed the money, by month: only columns in which something happened, and always the fees. */
function More({ money, language }: Part) {
  const words = moneyWordsOf(language);
  const used = moreFigures.filter((name) => money.months.some((each) => each[name] !== 0));
  const mixed = new Set(money.months.map(({ feesBorneBy }) => feesBorneBy)).size > 1;
  return (
    <section>
      <h2 id="more">{words.more}</h2>
      <p class="note">
        {words.inDollars} {!mixed && words.feesBorne(bearerOf(money.months[0], language))}
      </p>
      <section class="scroll" aria-labelledby="more" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.month}</th>
              <th scope="col">{words.fees}</th>
              {mixed && <th scope="col">{words.feesBorneBy}</th>}
              {used.map((name) => (
                <th scope="col">{words[name]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {money.months.toReversed().map((each) => (
              <tr>
                <th scope="row">{monthOf(each, language)}</th>
                <td>{plain(each.fees)}</td>
                {mixed && <td>{bearerOf(each, language)}</td>}
                {used.map((name) => (
                  <td>{plain(each[name])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function amount(value: number): string {
  return formatMoney(value, 'hkd');
}

/** An amount without its currency, for columns that must fit a phone. */
function plain(value: number): string {
  return amount(value).replace('HK$', '');
}

/** A month for the narrowest column: `Nov 2026`, `2026年11月`. */
function monthOf({ month }: PublicMonth, language: Language): string {
  const long = formatMonth(month, language);
  return language === 'en' ? `${long.slice(0, 3)} ${month.slice(0, 4)}` : long;
}

function bearerOf(month: PublicMonth | undefined, language: Language): string {
  return month?.feesBorneBy === 'fund' ? moneyWordsOf(language).fund : charity.receiver[language];
}
