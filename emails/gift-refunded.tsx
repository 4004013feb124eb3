/** @jsxImportSource react */
import { GiftLetter } from './components/gift-letter.tsx';
import { giftRefundedWords } from './gift-refunded-words.ts';

/** What the mail "gift refunded" says. Amounts and dates are already written in the mail's language. */
export interface GiftRefunded {
  readonly language: 'en' | 'zh-HK';
  /** How the giver is addressed. */
  readonly name: string;
  /** What is given back, for example `HK$200.00`. */
  readonly amount: string;
  /** The day of the refund, for example `2 May 2026`. */
  readonly date: string;
  /** What the giver had paid in all. */
  readonly given: string;
  /** How much of that was added towards the card fee; left out when nothing was. */
  readonly cover?: string;
  /** The day of the payment. */
  readonly givenOn: string;
  /** What stays of the gift; left out when nothing does. */
  readonly left?: string;
  readonly campaignTitle: string;
  readonly campaignUrl: string;
  readonly charity: { readonly name: string; readonly replyTo: string };
}

/** The subject of "gift refunded". */
export function giftRefundedSubject(facts: GiftRefunded): string {
  return giftRefundedWords(facts).subject;
}

/** The HTML part of "gift refunded". */
export function GiftRefundedMail(facts: GiftRefunded) {
  const words = giftRefundedWords(facts);
  return <GiftLetter facts={facts} words={words} sentences={sentencesOf(words)} />;
}

/** What follows the panel, in both parts. */
function sentencesOf({ extent, cover, arrival }: ReturnType<typeof giftRefundedWords>): string[] {
  return [extent, cover, arrival].filter((sentence) => sentence !== undefined);
}

/** The text part of "gift refunded", for readers and programs without HTML. */
export function giftRefundedText(facts: GiftRefunded): string {
  const words = giftRefundedWords(facts);
  const paragraphs = [
    words.heading,
    words.opening,
    `${facts.amount}\n${facts.campaignTitle}\n${facts.campaignUrl}\n${facts.date}`,
    ...sentencesOf(words),
    `${words.button}\n${facts.campaignUrl}`,
    `${words.closing}\n${facts.charity.name}`,
    `--\n${words.question} ${facts.charity.replyTo}\n${words.reason}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}
