import type { EntryPath } from './staff-entry-request.ts';

/** What can be entered by a form: a correction there has two accounts. */
export type EntryForm = Exclude<EntryPath, 'corrections'>;

interface FormWords {
  readonly title: string;
  readonly when: string;
}

/** The sentences of the forms of journal entries by hand. */
export const entryWords = {
  title: 'Enter something into the books',
  intro:
    'What came in through Stripe or was paid out to a family stands in the books by itself, and gifts by FPS, bank, cheque or cash are entered under “Money outside Stripe”. Here is the rest. Nothing is ever changed or taken away: a mistake is put right by a correction.',
  forms: {
    'cash-counts': {
      title: 'Count of the cash box',
      when: 'You counted the cash box. The books then hold what you counted.',
    },
    'cash-floats': {
      title: 'Cash from the bank, or back',
      when: 'You took cash out of the bank for the cash box, or brought it back.',
    },
    transfers: {
      title: 'From one fund to another',
      when: 'Money that was given for one fund is used for another one. You need a reason that a donor would understand.',
    },
    'fee-reimbursements': {
      title: 'Card fees paid in',
      when: 'The body that bears the card fees paid them in out of its own money.',
    },
    'opening-balances': {
      title: 'Opening balance',
      when: 'Once at the beginning: what the bank, the cash box, Stripe and each fund held before these books began.',
    },
    reclassifications: {
      title: 'Correction',
      when: 'Anything else, by an account that is debited and one that is credited. If those terms are new to you, ask your accountant first.',
    },
  } satisfies Record<EntryForm, FormWords> as Readonly<Record<EntryForm, FormWords>>,
  account: 'What held it',
  amount: 'Amount in HK$',
  counted: 'Counted, in HK$',
  fundFrom: 'From the fund',
  fundTo: 'To the fund',
  to: 'Where the money went',
  floats: { cash: 'from the bank to the cash box', bank: 'from the cash box to the bank' },
  paidInto: 'Paid into',
  places: { bank: 'the bank', cash: 'the cash box' },
  debit: 'Debit',
  debitHint: 'More in the bank, the cash box or at Stripe; less in a fund or of what nobody has claimed.',
  credit: 'Credit',
  creditHint: 'Less in the bank, the cash box or at Stripe; more in a fund or of what nobody has claimed.',
  examples: [
    'Unclaimed money belongs to a fund: debit “money that nobody has claimed”, credit the fund.',
    'Unclaimed money was not yours, and you sent it on from the bank: debit “money that nobody has claimed”, credit the bank.',
    'The bank took a charge that a fund bears: debit the fund, credit the bank.',
  ],
  reason: 'Reason',
  reasonHint: 'For the staff and the auditor. It names nobody.',
  at: 'Day on which it happened',
  atHint: 'Left empty, it is today.',
  goOn: 'Go on',
  cashSays: (amount: string) => `By the books the cash box holds ${amount}.`,
  ask: {
    opened: (amount: string, account: string, day: string) =>
      `When the books began, ${account} held ${amount} (${day}). An opening balance is entered once.`,
    transfer: (amount: string, from: string, to: string, day: string) =>
      `${amount} of the fund ${from} belong to the fund ${to} from now on (${day}).`,
    float: (amount: string, way: string, day: string) => `${amount} went ${way} (${day}).`,
    counted: (amount: string) => `You counted ${amount} in the cash box, as the books say.`,
    differs: (counted: string, books: string, difference: string, isMore: boolean) =>
      `You counted ${counted}; by the books it is ${books}. The books then hold what you counted, with ${difference} ${isMore ? 'more' : 'missing'}.`,
    paidIn: (amount: string, place: string, day: string) =>
      `${amount} of card fees were paid into ${place} (${day}).`,
    correction: (amount: string, debit: string, credit: string, day: string) =>
      `${amount} are debited to ${debit} and credited to ${credit} (${day}).`,
  },
  today: 'today',
  enter: 'Enter it',
  done: { entered: 'It is in the books.' } as Readonly<Record<string, string>>,
};
