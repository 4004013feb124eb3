/** @jsxImportSource react */
import type { ReactNode } from 'react';
import { Letter } from './letter.tsx';
import { Heading, Link, Text } from './primitives.ts';
import { styles } from './styles.ts';

interface GreetingLetterProps {
  readonly facts: {
    readonly language: 'en' | 'zh-HK';
    /** How the reader is addressed; left out where the name holds what a mail program would turn into a link. */
    readonly name?: string;
    readonly charity: { readonly name: string; readonly replyTo: string };
  };
  readonly words: {
    readonly subject: string;
    readonly preview: string;
    /** Before and after the name, or all of it. */
    readonly heading: { readonly before: string; readonly after: string };
    readonly opening: string;
    readonly closing: string;
    readonly question: string;
    readonly reason: string;
  };
  /** What the letter is about. */
  readonly children: ReactNode;
}

/** A letter to one person: the greeting, what it is about, who writes, and beneath it whom to ask and why it came. */
export function GreetingLetter({ facts, words, children }: GreetingLetterProps) {
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
        {facts.name !== undefined && <span dir="auto">{facts.name}</span>}
        {words.heading.after}
      </Heading>
      <Text className="ink" style={styles.text}>
        {words.opening}
      </Text>
      {children}
      <Text className="ink" style={styles.text}>
        {words.closing}
        <br />
        {charity.name}
      </Text>
    </Letter>
  );
}
