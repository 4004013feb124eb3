/** @jsxImportSource react */
import { type GiftFacts, GiftLetter, giftText } from './components/gift-letter.tsx';
import { giftReceivedWords } from './gift-received-words.ts';

/** What the mail "gift received" says. Amounts and dates are already written in the mail's language. */
export interface GiftReceived extends GiftFacts {
  /** What was added towards the card fee, and both together; left out when nothing was. */
  readonly cover?: { readonly amount: string; readonly paid: string };
  /** The giving level next below the gift: its amount and what that does. */
  readonly does?: { readonly amount: string; readonly text: string };
  /** What was refunded before the mail was written; left out when nothing was. */
  readonly refunded?: string;
  /** How far the campaign is with the gift; left out for one that is given back in full. */
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

/** The subject of "gift received". */
export function giftReceivedSubject(facts: GiftReceived): string {
  return giftReceivedWords(facts).subject;
}

/** The HTML part of "gift received". */
export function GiftReceivedMail(facts: GiftReceived) {
  return <GiftLetter {...letterOf(facts)} />;
}

/** The text part of "gift received". */
export function giftReceivedText(facts: GiftReceived): string {
  return giftText(letterOf(facts));
}

function letterOf(facts: GiftReceived) {
  const words = giftReceivedWords(facts);
  const { does, progress } = facts;
  return {
    facts,
    words,
    detail: words.cover,
    rows: does ? [[words.does(does.amount), does.text] as const] : [],
    progress: progress && words.progress ? { ...progress, words: words.progress } : undefined,
    sentences: [words.refunded, words.share].filter((sentence) => sentence !== undefined),
  };
}
