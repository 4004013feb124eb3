import { type Options, stringify } from 'csv-stringify/sync';

/** Tells spreadsheets that the file is UTF-8. */
export const byteOrderMark = '\uFEFF';

/** What a file of rows is. */
export const csvType = 'text/csv; charset=utf-8';

/** A number of a number column: only such a cell may begin with a minus sign as it is. */
export interface Decimal {
  readonly decimal: string;
}

/** A cell: a text, which no spreadsheet may take for a formula, or a number. */
export type Cell = string | Decimal;

/** An amount in dollars, `-1234.50`, made without a fraction of a computer's. @param amount minor units (cents) */
export function dollars(amount: number): Decimal {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return { decimal: `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}` };
}

const options: Options = {
  record_delimiter: '\r\n',
  // RFC 4180, section 2. Readers of spreadsheets differ about what ends a cell without quotes: a semicolon, a tab, a lone CR.
  quoted_string: true,
  quoted_empty: true,
  cast: {
    string: plainText,
    object: ({ decimal }) => String(decimal),
  },
};

/** Rows as lines of comma-separated values: each text in quotes, each line with its end. The mark and the header stand before the first. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    options,
  );
}

/**
 * What a spreadsheet takes for a formula when a text begins with it, also in the full-width forms of Chinese keyboards (OWASP,
 * "CSV Injection"). Spaces before it do not help, and neither do apostrophes: they count so that none of ours is ambiguous.
 */
const formula = /^'*[\s\u3000]*(?:[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|(?<=[\t\r\n]))/u;

/** A text behind an apostrophe where a spreadsheet could take it for a formula; any other as it is. */
export function plainText(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}
