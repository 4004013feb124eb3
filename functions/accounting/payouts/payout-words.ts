import type { Difference } from './payout.ts';
import type { PayoutState } from './payout-item.ts';

/** The sentences of the pages of payouts. */
export const payoutWords = {
  title: 'Payouts of Stripe',
  intro: 'Stripe sends what it collected to the bank. Each payout is compared with the books, to the cent.',
  none: (month: string) => `No payout in ${month}.`,
  of: (amount: string, day: string) => `${amount}, ${day}`,
  arrives: (day: string) => `At the bank on ${day}`,
  states: {
    expected: 'On its way: Stripe has not said yet what is in it',
    matched: 'Matches the books, to the cent',
    differs: 'Does not match the books',
    'by-hand': 'Made by hand: Stripe does not say what is in it',
    failed: 'Came back: the bank refused it',
    accepted: 'Accepted as it is',
  } satisfies Record<PayoutState, string>,
  kinds: {
    'unknown-charge': 'A payment that the books do not have',
    'unknown-refund': 'A refund that the books do not have',
    'unknown-dispute': 'A dispute that the books do not have',
    'unknown-payout': 'A payout that the books do not have',
    'unknown-movement': 'Money that moved at Stripe for another reason',
    'other-amount': 'Another amount than in the books',
    'other-currency': 'Money in another currency than that of the books',
    sum: 'The sum of the payout is not the sum of what is in it',
  } satisfies Record<Difference['kind'], string>,
  accept: 'Accept it as it is',
  acceptTitle: (what: string) => `Accept the payout of ${what}`,
  nothing: 'There is nothing to accept about this payout.',
  reason: 'Reason',
  reasonHint: 'What the difference is, so that the auditor understands it. It names nobody.',
  goOn: 'Go on',
  ask: (what: string, state: string) =>
    `The payout of ${what} stays as it is. It stands in the list as: ${state.toLowerCase()}. It no longer keeps its month open.`,
  because: (reason: string) => `Reason: ${reason}`,
  done: { accepted: 'Accepted. The reason stays with it.' } as Readonly<Record<string, string>>,
};

/** The next step for a person, by the payout's state. */
export const payoutToDo: Readonly<Record<PayoutState, string | null>> = {
  expected: null,
  matched: null,
  failed: 'Look at Stripe why the bank refused it; its money is in the next payout.',
  differs:
    'Look up each difference at Stripe. Ours match by themselves once they are booked. What nobody has claimed is on the account unassigned and never matches: accept the payout with a reason.',
  'by-hand':
    'Stripe does not say what is in a payout made by hand: compare it with the bank, then accept it with a reason.',
  accepted: null,
};
