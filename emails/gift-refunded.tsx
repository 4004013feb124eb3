/** @jsxImportSource react */
import { Letter } from './components/letter.tsx';
import { Button, Heading, Link, Section, Text } from './components/primitives.ts';
import { styles } from './components/styles.ts';
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
  const { charity } = facts;
  return (
    <Letter
      language={facts.language}
      title={words.subject}
      preview={words.preview}
      sender={charity.name}
      footer={
        <>
          {words.question}{' '}
          <Link href={`mailto:${charity.replyTo}`} className="accent" style={styles.link}>
            {charity.replyTo}
          </Link>
          <br />
          {words.reason}
        </>
      }
    >
      <Heading as="h1" className="ink" style={styles.heading}>
        {words.heading}
      </Heading>
      <Text className="ink" style={styles.text}>
        {words.opening}
      </Text>
      <Section className="panel" style={styles.panel}>
        <Text className="accent" style={styles.amount}>
          {facts.amount}
        </Text>
        <Text className="ink" style={styles.detail}>
          <Link href={facts.campaignUrl} className="accent" style={styles.link}>
            {facts.campaignTitle}
          </Link>
        </Text>
        <Text className="ink" style={styles.detail}>
          {facts.date}
        </Text>
      </Section>
      {sentencesOf(words).map((sentence) => (
        <Text key={sentence} className="ink" style={styles.text}>
          {sentence}
        </Text>
      ))}
      <Section style={styles.action}>
        <Button href={facts.campaignUrl} className="button" style={styles.button}>
          {words.button}
        </Button>
      </Section>
      <Text className="ink" style={styles.text}>
        {words.closing}
        <br />
        {charity.name}
      </Text>
    </Letter>
  );
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
