import type { Behaviour } from '../account/store.ts';

/** A test card: what a tester types, and what happens then. */
export interface TestCard {
  readonly number: string;
  readonly token: string;
  /** Names that stand for a fresh payment method of this card. */
  readonly paymentMethods: readonly string[];
  readonly behaviour: Behaviour;
  /** The card in a word, for the list of test cards. */
  readonly title: string;
}

/** The test cards that the local Stripe knows. Numbers and names are Stripe's published ones. */
export const testCards: readonly TestCard[] = [
  {
    number: '4242424242424242',
    token: 'tok_visa',
    paymentMethods: ['pm_card_visa'],
    behaviour: 'pays',
    title: 'pays',
  },
  {
    number: '4000000000000077',
    token: 'tok_bypassPending',
    paymentMethods: ['pm_card_bypassPending'],
    behaviour: 'available-at-once',
    title: 'pays, and the money can be paid out at once',
  },
  {
    number: '4000000000000002',
    token: 'tok_visa_chargeDeclined',
    paymentMethods: ['pm_card_visa_chargeDeclined', 'pm_card_chargeDeclined'],
    behaviour: 'declined',
    title: 'is declined',
  },
  {
    number: '4000000000000341',
    token: 'tok_chargeCustomerFail',
    paymentMethods: ['pm_card_chargeCustomerFail'],
    behaviour: 'declined-later',
    title: 'can be saved, and is declined when it is charged',
  },
  {
    number: '4000002500003155',
    token: 'tok_threeDSecure2Required',
    paymentMethods: ['pm_card_authenticationRequired', 'pm_card_threeDSecure2Required'],
    behaviour: 'authenticates',
    title: 'asks for authentication',
  },
  {
    number: '4000000000000259',
    token: 'tok_createDispute',
    paymentMethods: ['pm_card_createDispute'],
    behaviour: 'disputed',
    title: 'pays, and is disputed at once',
  },
  {
    number: '4000000000001976',
    token: 'tok_createDisputeInquiry',
    paymentMethods: ['pm_card_createDisputeInquiry'],
    behaviour: 'inquired',
    title: 'pays, and its bank asks before it disputes',
  },
  {
    number: '4000000000007726',
    token: 'tok_pendingRefund',
    paymentMethods: ['pm_card_pendingRefund'],
    behaviour: 'refund-waits',
    title: 'pays, and its refund is pending for a while',
  },
  {
    number: '4000000000005126',
    token: 'tok_refundFail',
    paymentMethods: ['pm_card_refundFail'],
    behaviour: 'refund-fails',
    title: 'pays, and its refund fails later',
  },
];

/** A test bank account: what becomes of a debit, and how many seconds later. */
export interface TestIban {
  readonly iban: string;
  readonly behaviour: 'delayed-succeeds' | 'delayed-fails';
  readonly after: number;
}

/** The IBANs that the local Stripe knows, of Stripe's published ones. */
export const testIbans: readonly TestIban[] = [
  { iban: 'AT611904300234573201', behaviour: 'delayed-succeeds', after: 1 },
  { iban: 'AT321904300235473204', behaviour: 'delayed-succeeds', after: 180 },
  { iban: 'AT861904300235473202', behaviour: 'delayed-fails', after: 1 },
  { iban: 'AT051904300235473205', behaviour: 'delayed-fails', after: 180 },
  { iban: 'IT60X0542811101000000123456', behaviour: 'delayed-fails', after: 1 },
];

/** Finds a test card by the number as typed, with or without spaces. */
export function findTestCard(number: string): TestCard | undefined {
  const digits = number.replaceAll(/[\s-]/g, '');
  return testCards.find((card) => card.number === digits);
}
