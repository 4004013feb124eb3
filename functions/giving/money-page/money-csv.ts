import { categoryLabel, categoryNames } from '#accounting/disbursements/categories.ts';
import type { PublicMoney, PublicMonth } from '#accounting/funds/public-money.ts';
import type { Language } from '#platform/charity.ts';
import { byteOrderMark, csvLines, dollars } from '#platform/files/csv.ts';
import { moneyWordsOf } from './money-words.ts';

/** A campaign's money by month as CSV for spreadsheets (RFC 4180, UTF-8 with a byte order mark), amounts in dollars. */
export function moneyCsv(money: PublicMoney, language: Language): string {
  const words = moneyWordsOf(language);
  const used = categoryNames.filter((name) => money.sums.groups.some(({ category }) => category === name));
  const header = [
    words.month,
    words.opening,
    words.received,
    words.cover,
    words.refunded,
    words.disputed,
    words.transferredIn,
    words.transferredOut,
    words.corrected,
    words.fees,
    words.feesBorneBy,
    words.passedOn,
    ...used.map((name) => `${words.passedOn}: ${categoryLabel(name, language)}`),
    words.held,
  ];
  const line = (each: PublicMonth) => [
    each.month,
    dollars(each.opening),
    dollars(each.received),
    dollars(each.cover),
    dollars(each.refunded),
    dollars(each.disputed),
    dollars(each.transferredIn),
    dollars(each.transferredOut),
    dollars(each.corrected),
    dollars(each.fees),
    each.feesBorneBy,
    each.passedOn === undefined ? words.later : dollars(each.passedOn),
    ...used.map((name) =>
      each.passedOn === undefined
        ? words.later
        : dollars(each.groups.find(({ category }) => category === name)?.amount ?? 0),
    ),
    dollars(each.held),
  ];
  return byteOrderMark + csvLines([header, ...money.months.map(line)]);
}
