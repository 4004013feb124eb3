/** @jsxImportSource react */
import type { ReactNode } from 'react';
import { Body, Container, Head, Hr, Html, Preview, Section, Text } from './primitives.ts';
import { darkMode, styles } from './styles.ts';

/** What every mail has around its own content. */
interface LetterProps {
  /** BCP 47 tag of the mail's language; becomes `lang` of the document. */
  readonly language: 'en' | 'zh-HK';
  /** The document's title, the same words as the subject. */
  readonly title: string;
  /** What an inbox shows beside the subject. */
  readonly preview: string;
  readonly sender: string;
  /** Why the reader gets this mail, and how to answer. */
  readonly footer: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every mail: 600 px wide, one column, its own colours in light and dark mode. */
export function Letter({ language, title, preview, sender, footer, children }: LetterProps) {
  return (
    <Html lang={language}>
      <Head>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{darkMode}</style>
      </Head>
      <Body className="page" style={styles.page}>
        <Preview>{preview}</Preview>
        <Container className="card" style={styles.card} lang={language}>
          <Section style={styles.band}>
            <Text className="sender" style={styles.sender}>
              {sender}
            </Text>
          </Section>
          <Section style={styles.content}>{children}</Section>
          <Section style={styles.footer}>
            <Hr className="rule" style={styles.rule} />
            <Text className="quiet" style={styles.quiet}>
              {footer}
            </Text>
          </Section>
        </Container>
      </Body>
    </Html>
  );
}
