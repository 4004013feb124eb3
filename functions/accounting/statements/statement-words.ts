import type { EntryKind } from '#kernel/ledger/ledger-entry.ts';

/** The sentences of the page of a month of the books. */
export const statementWords = {
  label: { en: 'Money', 'zh-HK': '賬目' },
  title: (month: string) => `The books of ${month}`,
  choose: 'Another month',
  isOpen: 'This month is open.',
  isClosed: (day: string) =>
    `This month was closed on ${day}. What comes later counts in the first open month.`,
  closableFrom: (day: string) => `It can be closed after ${day}.`,
  before: (month: string) => `Months are closed in order: close ${month} first.`,
  questions: (count: number) =>
    count === 1
      ? 'Before it can be closed, one thing is to be resolved:'
      : `Before it can be closed, ${count} things are to be resolved:`,
  toPayouts: 'Payouts of this month',
  toDifferences: 'Differences of this month',
  mayClose: 'Nothing is open in it. It closes by itself in the night of the 15th, or now:',
  close: 'Close the month',
  spreadsheet: 'A spreadsheet of a month for the accountant',
  fundsTitle: 'What every fund holds',
  fees: (amount: string, who: 'receiver' | 'fund') =>
    `Stripe took ${amount} of card fees in this month, which ${who === 'fund' ? 'the funds bear' : 'the receiver bears, not the funds'}.`,
  linesTitle: 'What came in and went out',
  none: 'Nothing was booked in this month.',
  when: 'When',
  what: 'What',
  fund: 'Fund',
  came: 'Came in',
  went: 'Went out',
  fee: 'Card fee',
  next: 'The next ones, later',
  erased: 'a donor whose name was erased',
  sources: { stripe: 'by card', bank: 'to the bank', cash: 'in cash' },
  giftOf: (name: string, source: string) => `Gift of ${name}, ${source}`,
  paidBy: (name: string, source: string) => `Payment of ${name}, ${source}`,
  aboutPerson: {
    refund: (name: string) => `Refund to ${name}`,
    'refund-failed': (name: string) => `A refund to ${name} failed: the money is back`,
    'dispute-withdrawn': (name: string) => `Taken back by the bank of ${name}, in a dispute`,
    'dispute-reinstated': (name: string) => `Returned after the dispute of ${name}`,
  } satisfies Partial<Record<EntryKind, (name: string) => string>>,
  plain: {
    fee: 'Fee of Stripe, of no single payment',
    payout: 'Payout: from Stripe to the bank',
    'payout-failed': 'A payout came back from the bank to Stripe',
    unassigned: 'Money at Stripe that nobody has claimed',
    'opening-balance': 'Opening balance',
    transfer: 'Transfer',
    'cash-float': 'Cash',
    'cash-count': 'Count of the cash box',
    'fee-reimbursement': 'Card fees that the receiver paid in',
    correction: 'Correction',
    'hand-over': 'Paid out',
  } satisfies Partial<Record<EntryKind, string>>,
  paidOut: (what: string) => `Paid out: ${what}`,
  fromTo: (what: string, from: string, to: string) => `${what} from ${from} to ${to}`,
  opened: (what: string) => `Opening balance of ${what}`,
  countedAsBooked: 'Count of the cash box: as in the books',
  between: (what: string, accounts: readonly string[]) => `${what}: ${accounts.join(' and ')}`,
  askClose: (month: string) =>
    `The books of ${month} are closed for ever: nothing can be entered or changed in them any more. What comes later counts in the first open month.`,
  done: { closed: 'The month is closed.' } as Readonly<Record<string, string>>,
};
