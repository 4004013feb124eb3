/** @jsxImportSource react */
import { Letter } from './components/letter.tsx';
import { Button, Heading, Link, Section, Text } from './components/primitives.ts';
import { styles } from './components/styles.ts';
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
        {words.cover && (
          <Text className="ink" style={styles.detail}>
            {words.cover}
          </Text>
        )}
        <Text className="ink" style={styles.detail}>
          <Link href={facts.campaignUrl} className="accent" style={styles.link}>
            {facts.campaignTitle}
          </Link>
        </Text>
        <Text className="ink" style={styles.detail}>
          {facts.date}
        </Text>
      </Section>
      {words.month && (
        <Text className="ink" style={styles.text}>
          {words.month}
        </Text>
      )}
      <Text className="ink" style={styles.text}>
        {words.share}
      </Text>
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

/** The text part of "gift received", for readers and programs without HTML. */
export function giftReceivedText(facts: GiftReceived): string {
  const words = giftReceivedWords(facts);
  const paragraphs = [
    words.heading,
    words.opening,
    [facts.amount, words.cover, facts.campaignTitle, facts.date].filter(Boolean).join('\n'),
    words.month,
    words.share,
    `${words.button}\n${facts.campaignUrl}`,
    `${words.closing}\n${facts.charity.name}`,
    `--\n${words.question} ${facts.charity.replyTo}\n${words.reason}`,
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== undefined).join('\n\n')}\n`;
}
