/** @jsxImportSource react */
import { type GiftFacts, GiftLetter, giftText } from './components/gift-letter.tsx';
import { giftRefundedWords } from './gift-refunded-words.ts';

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

/** The subject of "gift refunded". */
export function giftRefundedSubject(facts: GiftRefunded): string {
  return giftRefundedWords(facts).subject;
}

/** The HTML part of "gift refunded". */
export function GiftRefundedMail(facts: GiftRefunded) {
  return <GiftLetter {...letterOf(facts)} />;
}

/** The text part of "gift refunded". */
export function giftRefundedText(facts: GiftRefunded): string {
  return giftText(letterOf(facts));
}

function letterOf(facts: GiftRefunded) {
  const words = giftRefundedWords(facts);
  const sentences = [words.extent, words.cover, words.arrival].filter((sentence) => sentence !== undefined);
  return { facts, words, sentences };
}
