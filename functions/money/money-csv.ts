import { categoryLabel, categoryNames } from '../disbursements/categories.ts';
import type { Language } from '../platform/charity.ts';
import { moneyWordsOf } from './money-words.ts';
import type { PublicMoney, PublicMonth } from './public-money.ts';

/** Tells spreadsheets that the file is UTF-8. */
const byteOrderMark = '\uFEFF';

/** A campaign's money by month as a table for spreadsheets (RFC 4180, UTF-8 with its mark), amounts in dollars. */
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
  const lines = [header, ...money.months.map(line)];
  return byteOrderMark + lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** A cell that no spreadsheet takes for a formula: one that begins like it and is no number gets an apostrophe. */
export function csvCell(text: string): string {
  const plain = /^-?\d+(?:\.\d+)?$/.test(text);
  const safe = !plain && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function dollars(amount: number): string {
  const sign = amount < 0 ? '-' : '';
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
