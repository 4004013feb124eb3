import type { GiftFacts } from './components/gift-letter.tsx';

/** What the mail "gift received" says. Amounts and dates are already written in the mail's language. */
export interface GiftReceived extends GiftFacts {
  /** What was added towards the card fee, and both together; left out when nothing was. */
  readonly cover?: { readonly amount: string; readonly paid: string };
  /** The giving level next below the gift: its amount and what that does. */
  readonly does?: { readonly amount: string; readonly text: string };
  /** What was refunded before the mail was written; left out when nothing was. */
  readonly refunded?: string;
  /** How far the campaign is with the gift; left out for a gift that is fully reversed. */
  readonly progress?: {
    /** The month that a budget is for; left out for a fund. */
    readonly month?: string;
    readonly reached: string;
    readonly aim: string;
    /** Whole percent without the gift and with it, rounded down; may be above 100. */
    readonly before: number;
    readonly after: number;
  };
}

/** What the mail "gift refunded" says. Amounts and dates are already written in the mail's language. */
export interface GiftRefunded extends GiftFacts {
  /** What the donor had paid in all. */
  readonly given: string;
  /** How much of that was added towards the card fee; left out when nothing was. */
  readonly cover?: string;
  /** The day of the payment. */
  readonly givenOn: string;
  /** What stays of the gift; left out when nothing does. */
  readonly left?: string;
}

/** What the mail "what waits" says to the staff: kinds, counts and days, and no names. */
export interface WhatWaits {
  readonly language: 'en' | 'zh-HK';
  readonly day: string;
  readonly count: number;
  readonly waiting: readonly {
    readonly what: string;
    readonly count: string;
    /** The day by which the first of them is due; left out where none is. */
    readonly due?: string;
  }[];
  readonly deskUrl: string;
  /** The charity's name. */
  readonly sender: string;
}

/** What the mail "promise made" says: how to pay a gift without a card. Its reference is the one to give to the bank. */
export interface PromiseMade extends GiftFacts {
  /** How it is to be paid, by its name. */
  readonly way: string;
  /** What the payer's bank asks for: label and fact. */
  readonly means: readonly (readonly [string, string])[];
  /** The day until which it is waited for. */
  readonly until: string;
  /** Set when it reminds of a promise that was made a week ago. */
  readonly isReminder?: true;
}

/** What the mail "trustee asked" says: what waits for a second person. Amounts and dates are already written in the mail's language. */
export interface TrusteeAsked {
  readonly language: 'en' | 'zh-HK';
  /** Of the trustee. */
  readonly name: string;
  readonly amount: string;
  readonly fund: string;
  readonly what: string;
  /** Who requested it. */
  readonly requester: string;
  /** Until when the link is good. */
  readonly until: string;
  /** Opens the page that asks. */
  readonly url: string;
  readonly charity: { readonly name: string; readonly replyTo: string };
}
