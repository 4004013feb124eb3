import { categoryLabel } from '#accounting/disbursements/categories.ts';
import type { PublicGroup, PublicMoney, PublicMonth } from '#accounting/funds/public-money.ts';
import { charity, type Language } from '#platform/charity.ts';
import { formatMonth } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { localPath } from '#platform/web/languages.ts';
import { page } from '#platform/web/layout.tsx';
import { MoneyChart } from './money-chart.tsx';
import { moneyWordsOf } from './money-words.ts';
import type { MoneyView } from './read-money.ts';

interface Part {
  readonly money: PublicMoney;
  readonly language: Language;
}

export function moneyPage(
  view: MoneyView,
  frame: { readonly language: Language; readonly demonstration: boolean; readonly site: string },
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
          <Proof money={money} language={language} />
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

/** The sentence "100% passed on" with the fee beside it; nothing unless the books prove it. */
function Proof({ money, language }: Part) {
  const { proof, sums } = money;
  if (!proof.holds) return null;
  const words = moneyWordsOf(language);
  const all = proof.received + proof.broughtIn - proof.refunded - proof.disputed;
  return (
    <section class="card measure">
      <h2>{words.provenTitle}</h2>
      <p>{words.proven(amount(all), amount(sums.passedOn), amount(sums.held))}</p>
      {proof.broughtIn > 0 && <p>{words.provenBroughtIn(amount(proof.broughtIn))}</p>}
      <p>
        <strong>{words.fee(amount(proof.fees), charity.receiver[language])}</strong>{' '}
        {sums.cover > 0 && words.feeCovered(amount(sums.cover))}
      </p>
    </section>
  );
}

function MonthTable({ money, language }: Part) {
  const words = moneyWordsOf(language);
  const { months, sums } = money;
  return (
    <section>
      <h2 id="by-month">{words.byMonth}</h2>
      <p class="note">{words.inDollars}</p>
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
                <td>{each.passedOn === undefined ? words.later : plain(each.passedOn)}</td>
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
