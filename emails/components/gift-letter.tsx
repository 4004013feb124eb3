/** @jsxImportSource react */
import { GreetingLetter } from './greeting-letter.tsx';
import { Button, Link, Section, Text } from './primitives.ts';
import { ProgressBar } from './progress-bar.tsx';
import { styles } from './styles.ts';

/** What mails about a gift have in common. Amounts and dates are already written in the mail's language. */
export interface GiftFacts {
  readonly language: 'en' | 'zh-HK';
  /** How the donor is addressed; left out where the name holds what a mail program would turn into a link. */
  readonly name?: string;
  /** Shown large in the panel. */
  readonly amount: string;
  readonly campaignTitle: string;
  readonly campaignUrl: string;
  readonly date: string;
  /** The legal name of the receiver, with what the law says of it; left out where the receiver is also the sender. */
  readonly receiver?: string;
  /** What the card statement shows. */
  readonly statement?: string;
  /** Staff find the payment by it. */
  readonly reference?: string;
  readonly charity: { readonly name: string; readonly replyTo: string };
}

/** What a mail about a gift says beside its facts, in one language. Both parts are made of it. */
export interface GiftWords {
  readonly subject: string;
  readonly preview: string;
  /** Before and after the name, or all of it. */
  readonly heading: { readonly before: string; readonly after: string };
  readonly opening: string;
  readonly labels: Readonly<Record<'receiver' | 'statement' | 'reference', string>>;
  /** What the mail is not. */
  readonly noReceipt: string;
  readonly button: string;
  readonly closing: string;
  readonly question: string;
  readonly reason: string;
}

interface GiftLetterProps {
  readonly facts: GiftFacts;
  readonly words: GiftWords;
  /** Beneath the amount. */
  readonly detail?: string | undefined;
  /** Rows of the table above the receiver: label and fact. */
  readonly rows?: readonly Row[];
  /** How far the campaign is, in whole percent, and in words. */
  readonly progress?: { readonly before: number; readonly after: number; readonly words: string } | undefined;
  /** After the panel, a paragraph each. */
  readonly sentences: readonly string[];
}

/** A label and its fact. */
type Row = readonly [string, string];

function rowsOf({ receiver, statement, reference }: GiftFacts, { labels }: GiftWords): Row[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    [labels.receiver, receiver],
    [labels.statement, statement],
    [labels.reference, reference],
  ];
  return rows.filter((row): row is Row => row[1] !== undefined);
}

/** The HTML of a mail about a gift: greeting, a panel with the gift, how far it brought us, what one may look up, who writes. */
export function GiftLetter({ facts, words, detail, rows = [], progress, sentences }: GiftLetterProps) {
  return (
    <GreetingLetter facts={facts} words={words}>
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
      {progress && (
        <>
          <ProgressBar before={progress.before} after={progress.after} />
          <Text className="ink" style={styles.text}>
            {progress.words}
          </Text>
        </>
      )}
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
      <Facts rows={[...rows, ...rowsOf(facts, words)]} />
      <Text className="quiet" style={styles.note}>
        {words.noReceipt}
      </Text>
    </GreetingLetter>
  );
}

function Facts({ rows }: { rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <table style={styles.facts}>
      <tbody>
        {rows.map(([label, fact]) => (
          <tr key={label}>
            <th scope="row" className="quiet rule" style={styles.label}>
              {label}
            </th>
            <td className="ink rule" style={styles.fact}>
              {fact}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The text part of a mail about a gift, for readers and programs without HTML. */
export function giftText({ facts, words, detail, rows = [], progress, sentences }: GiftLetterProps): string {
  const { before, after } = words.heading;
  const plain = [...rows, ...rowsOf(facts, words)].map(
    ([label, fact]) => `${label}${facts.language === 'en' ? ': ' : '：'}${fact}`,
  );
  const paragraphs = [
    `${before}${facts.name ?? ''}${after}`,
    words.opening,
    [facts.amount, detail, facts.campaignTitle, facts.date].filter(Boolean).join('\n'),
    progress?.words,
    ...sentences,
    `${words.button}\n${facts.campaignUrl}`,
    plain.join('\n'),
    words.noReceipt,
    `${words.closing}\n${facts.charity.name}`,
    `--\n${words.question} ${facts.charity.replyTo}\n${words.reason}`,
  ];
  return `${paragraphs.filter(Boolean).join('\n\n')}\n`;
}
