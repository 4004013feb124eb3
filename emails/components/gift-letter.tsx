/** @jsxImportSource react */
import { Letter } from './letter.tsx';
import { Button, Heading, Link, Section, Text } from './primitives.ts';
import { styles } from './styles.ts';

/** What mails about a gift have in common. Amounts and dates are already written in the mail's language. */
interface GiftLetterProps {
  readonly facts: {
    readonly language: 'en' | 'zh-HK';
    /** What stands large in the panel. */
    readonly amount: string;
    readonly campaignTitle: string;
    readonly campaignUrl: string;
    readonly date: string;
    readonly charity: { readonly name: string; readonly replyTo: string };
  };
  readonly words: {
    readonly subject: string;
    readonly preview: string;
    readonly heading: string;
    readonly opening: string;
    readonly button: string;
    readonly closing: string;
    readonly question: string;
    readonly reason: string;
  };
  /** Beneath the amount. */
  readonly detail?: string | undefined;
  /** After the panel, a paragraph each. */
  readonly sentences: readonly string[];
}

/** A mail about a gift: greeting, a panel with the gift, sentences, the way to the campaign, who writes. */
export function GiftLetter({ facts, words, detail, sentences }: GiftLetterProps) {
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
        {detail && (
          <Text className="ink" style={styles.detail}>
            {detail}
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
      {sentences.map((sentence) => (
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
