import type { ExportFailure, ExportKind } from './export.ts';

/** The sentences of the pages of exports. */
export const exportWords = {
  title: 'Spreadsheets',
  intro:
    'Files for Excel or another spreadsheet. A file is written in the background, within a minute for thousands of gifts, and deleted after seven days; the list stays.',
  ask: {
    month: 'A month for the accountant',
    gifts: 'Payments',
    ledger: 'Ledger',
    receipts: 'Receipts of a tax year',
  } satisfies Record<ExportKind, string>,
  about: {
    month:
      'Every journal entry of a month, a line each, by time: what it changed at Stripe, in the bank and in cash, its accounts, and beside each payment its card fee, net amount and payout.',
    gifts:
      'A line a payment: amount, fee cover, refunds, card fee, net amount and payout; with the donors also name, address, name on a receipt, and when the donor agreed to appeals.',
    ledger:
      'A line a posting. The lines of an entry sum to zero; those of an account sum to what it changed.',
    receipts:
      'A line a donor: the name on the receipt, the gifts of money from 1 April to 31 March net of refunds, their days, and the e-mail address. What was bought and the fee cover are not in it.',
  } satisfies Record<ExportKind, string>,
  asked: (month: string) => `Asked for in ${month}`,
  none: (month: string) => `None was asked for in ${month}.`,
  months: (kind: string, months: string) => `${kind}, ${months}`,
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  ofFund: (title: string) => `only “${title}”`,
  withPeople: 'with the donors’ names',
  askedAt: (moment: string) => `Asked for on ${moment}`,
  states: {
    asked: 'It is about to be written.',
    running: 'It is being written.',
    expired: 'The file was deleted after seven days. Ask for it again.',
  },
  written: (rows: number) => (rows === 1 ? 'Ready: 1 line.' : `Ready: ${rows.toLocaleString('en')} lines.`),
  failures: {
    'out-of-time': 'It took too long. Ask for fewer months.',
    'files-unavailable': 'It could not be stored. Please ask again in a while.',
    'books-unavailable': 'The books could not be read. Please ask again in a while.',
    unexpected: 'It could not be written. Please tell a developer.',
  } satisfies Record<ExportFailure, string>,
  download: 'Download',
  notForYou: 'It names donors, which your role does not include.',
  looksAgain: 'This page looks again every five seconds until it is ready.',
  stop: 'Stop looking again',
  lookAgain: 'Look again',
  month: 'Month',
  from: 'From',
  to: 'To, included',
  taxYear: 'Tax year',
  taxYearOf: (year: number) => `1 April ${year} to 31 March ${year + 1}`,
  fund: 'Only this fund',
  people: 'With the donors’ names and addresses. That is kept in the audit log.',
  make: 'Have it written',
  done: {
    asked: 'It is asked for.',
  } as Readonly<Record<string, string>>,
};
