/** @jsxImportSource react */
import { GiftLetter, giftText } from './components/gift-letter.tsx';
import type { GiftReceived } from './facts.ts';
import { giftReceivedWords } from './gift-received-words.ts';

export function giftReceivedSubject(facts: GiftReceived): string {
  return giftReceivedWords(facts).subject;
}

export function GiftReceivedMail(facts: GiftReceived) {
  return <GiftLetter {...letterOf(facts)} />;
}

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
