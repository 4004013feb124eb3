/** @jsxImportSource react */
import { GiftLetter, giftText } from './components/gift-letter.tsx';
import type { PromiseMade } from './facts.ts';
import { promiseMadeWords } from './promise-made-words.ts';

export function promiseMadeSubject(facts: PromiseMade): string {
  return promiseMadeWords(facts).subject;
}

export function PromiseMadeMail(facts: PromiseMade) {
  return <GiftLetter {...letterOf(facts)} />;
}

export function promiseMadeText(facts: PromiseMade): string {
  return giftText(letterOf(facts));
}

function letterOf(facts: PromiseMade) {
  const words = promiseMadeWords(facts);
  const { by: detail, howTo, check, end } = words;
  return { facts, words, detail, rows: facts.means, sentences: [howTo, check, end] };
}
