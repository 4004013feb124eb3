/** @jsxImportSource react */
import { Letter } from './components/letter.tsx';
import { Button, Heading, Link, Section, Text } from './components/primitives.ts';
import { styles } from './components/styles.ts';
import type { TrusteeAsked } from './facts.ts';
import { trusteeAskedWords } from './trustee-asked-words.ts';

export function trusteeAskedSubject(facts: TrusteeAsked): string {
  return trusteeAskedWords(facts).subject;
}

export function TrusteeAskedMail(facts: TrusteeAsked) {
  const words = trusteeAskedWords(facts);
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
        {words.heading.before}
        <span dir="auto">{facts.name}</span>
        {words.heading.after}
      </Heading>
      <Text className="ink" style={styles.text}>
        {words.opening}
      </Text>
      <Section className="panel" style={styles.panel}>
        <Text className="accent" style={styles.amount}>
          {facts.amount}
        </Text>
        {linesOf(facts).map((line) => (
          <Text key={line} className="ink" style={styles.detail}>
            {line}
          </Text>
        ))}
      </Section>
      <Section style={styles.action}>
        <Button href={facts.url} className="button" style={styles.button}>
          {words.button}
        </Button>
      </Section>
      {[words.once, words.unsure].map((sentence) => (
        <Text key={sentence} className="ink" style={styles.text}>
          {sentence}
        </Text>
      ))}
      <Text className="ink" style={styles.text}>
        {words.closing}
        <br />
        {charity.name}
      </Text>
    </Letter>
  );
}

export function trusteeAskedText(facts: TrusteeAsked): string {
  const words = trusteeAskedWords(facts);
  const paragraphs = [
    `${words.heading.before}${facts.name}${words.heading.after}`,
    words.opening,
    [facts.amount, ...linesOf(facts)].join('\n'),
    `${words.button}\n${facts.url}`,
    words.once,
    words.unsure,
    `${words.closing}\n${facts.charity.name}`,
    `--\n${words.question} ${facts.charity.replyTo}\n${words.reason}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function linesOf(facts: TrusteeAsked): string[] {
  const { labels, colon } = trusteeAskedWords(facts);
  return (['what', 'fund', 'requester'] as const).map((name) => `${labels[name]}${colon}${facts[name]}`);
}
