import type { DifferenceKind } from './difference.ts';
import type { DifferenceState } from './difference-item.ts';

/** The sentences of the pages of differences from Stripe. */
export const differenceWords = {
  title: 'Differences with Stripe',
  intro:
    'Every night all that Stripe charged, refunded and paid out is compared with the books. What does not agree stands here by name.',
  none: (month: string) => `Nothing differed in ${month}.`,
  kinds: {
    'unknown-charge': 'A payment at Stripe that the books do not have',
    'unknown-refund': 'A refund at Stripe that the books do not have',
    'unknown-dispute': 'A dispute at Stripe that the books do not have',
    'unknown-payout': 'A payout that the books do not have',
    'unknown-movement': 'Money that moved at Stripe for another reason',
    'unknown-fee': 'A fee that the books do not have',
    'not-at-stripe': 'The books have it, and Stripe does not',
    'other-amount': 'Stripe and the books name two amounts',
    'other-status': 'Stripe has the dispute in another state',
    'other-currency': 'Money in another currency than that of the books',
  } satisfies Record<DifferenceKind, string>,
  states: {
    open: 'Open: it keeps its month open',
    resolved: 'Gone by itself: the books and Stripe agree',
    accepted: 'Accepted as it is',
  } satisfies Record<DifferenceState, string>,
  lacks: (amount: string) => `The books lack ${amount}`,
  hasTooMuch: (amount: string) => `The books have ${amount} too much`,
  inCurrency: (amount: string, currency: string) => `${amount} ${currency}`,
  movedOn: (day: string) => `The money moved on ${day}`,
  look: 'Look at the payment',
  accept: 'Accept it as it is',
  acceptTitle: 'Accept a difference with Stripe',
  over: 'It is not open any more: there is nothing to accept.',
  reason: 'Reason',
  reasonHint: 'What the difference is, so that the auditor understands it. It names nobody.',
  goOn: 'Go on',
  ask: (kind: string, amount: string) =>
    `${kind}: ${amount}. It is accepted as it is, and changes no amount in the books. It no longer keeps its month open.`,
  because: (reason: string) => `Reason: ${reason}`,
  done: { accepted: 'Accepted. The reason stays with it.' } as Readonly<Record<string, string>>,
};

const bookIt =
  'Look it up at Stripe by its id. It resolves by itself in the night after the books hold it; else accept it with a reason.';

/** The next step for a person about an open difference. */
export const differenceToDo: Readonly<Record<DifferenceKind, string>> = {
  'unknown-charge': bookIt,
  'unknown-refund': bookIt,
  'unknown-dispute': bookIt,
  'unknown-payout': bookIt,
  'unknown-movement': bookIt,
  'unknown-fee': bookIt,
  'other-amount':
    'Look up both amounts, enter a correction for what the books lack or have too much, then accept it with a reason.',
  'not-at-stripe':
    'The books hold what Stripe does not know: ask who entered it, correct it, then accept it with a reason.',
  'other-currency':
    'The books are kept in one currency, so it moved no account: look it up at Stripe, enter what it brought once the money is exchanged, then accept it with a reason.',
  'other-status':
    'Stripe has the dispute in another state: its next event has it read again; else accept it.',
};
