/** @jsxImportSource react */
import { GiftLetter, giftText } from './components/gift-letter.tsx';
import type { GiftRefunded } from './facts.ts';
import { giftRefundedWords } from './gift-refunded-words.ts';

export function giftRefundedSubject(facts: GiftRefunded): string {
  return giftRefundedWords(facts).subject;
}

export function GiftRefundedMail(facts: GiftRefunded) {
  return <GiftLetter {...letterOf(facts)} />;
}

export function giftRefundedText(facts: GiftRefunded): string {
  return giftText(letterOf(facts));
}

function letterOf(facts: GiftRefunded) {
  const words = giftRefundedWords(facts);
  const sentences = [words.extent, words.cover, words.arrival].filter((sentence) => sentence !== undefined);
  return { facts, words, sentences };
}
