/** @jsxImportSource react */
import { GiftLetter } from './components/gift-letter.tsx';
import { giftReceivedWords } from './gift-received-words.ts';

/** What the mail "gift received" says. Amounts and dates are already written in the mail's language. */
export interface GiftReceived {
  readonly language: 'en' | 'zh-HK';
  /** How the giver is addressed. */
  readonly name: string;
  /** What was given, for example `HK$500.00`. */
  readonly amount: string;
  /** What was added towards the card fee, and both together; left out when nothing was. */
  readonly cover?: { readonly amount: string; readonly paid: string };
  readonly campaignTitle: string;
  readonly campaignUrl: string;
  /** The day of the payment, for example `17 April 2026`. */
  readonly date: string;
  readonly charity: { readonly name: string; readonly replyTo: string };
  /** How the campaign's month stands; left out for campaigns without a monthly budget. */
  readonly month?: { readonly label: string; readonly raised: string; readonly budget: string };
}

/** The subject of "gift received". */
export function giftReceivedSubject(facts: GiftReceived): string {
  return giftReceivedWords(facts).subject;
}

/** The HTML part of "gift received". */
export function GiftReceivedMail(facts: GiftReceived) {
  const words = giftReceivedWords(facts);
  const sentences = sentencesOf(words);
  return <GiftLetter facts={facts} words={words} detail={words.cover} sentences={sentences} />;
}

/** What follows the panel, in both parts. */
function sentencesOf({ month, share }: ReturnType<typeof giftReceivedWords>): string[] {
  return month === undefined ? [share] : [month, share];
}

/** The text part of "gift received", for readers and programs without HTML. */
export function giftReceivedText(facts: GiftReceived): string {
  const words = giftReceivedWords(facts);
  const paragraphs = [
    words.heading,
    words.opening,
    [facts.amount, words.cover, facts.campaignTitle, facts.date].filter(Boolean).join('\n'),
    ...sentencesOf(words),
    `${words.button}\n${facts.campaignUrl}`,
    `${words.closing}\n${facts.charity.name}`,
    `--\n${words.question} ${facts.charity.replyTo}\n${words.reason}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}
