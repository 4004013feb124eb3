/** @jsxImportSource react */
import { GreetingLetter } from './components/greeting-letter.tsx';
import { Button, Section, Text } from './components/primitives.ts';
import { styles } from './components/styles.ts';
import type { TrusteeAsked } from './facts.ts';
import { trusteeAskedWords } from './trustee-asked-words.ts';

export function trusteeAskedSubject(facts: TrusteeAsked): string {
  return trusteeAskedWords(facts).subject;
}

export function TrusteeAskedMail(facts: TrusteeAsked) {
  const words = trusteeAskedWords(facts);
  return (
    <GreetingLetter facts={facts} words={words}>
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
    </GreetingLetter>
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
