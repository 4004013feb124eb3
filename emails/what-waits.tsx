/** @jsxImportSource react */
import { Letter } from './components/letter.tsx';
import { Button, Heading, Section, Text } from './components/primitives.ts';
import { styles } from './components/styles.ts';
import type { WhatWaits } from './facts.ts';
import { whatWaitsWords } from './what-waits-words.ts';

export function whatWaitsSubject(facts: WhatWaits): string {
  return whatWaitsWords(facts).subject;
}

export function WhatWaitsMail(facts: WhatWaits) {
  const words = whatWaitsWords(facts);
  return (
    <Letter
      language={facts.language}
      title={words.subject}
      preview={words.preview}
      sender={facts.sender}
      footer={words.reason}
    >
      <Heading as="h1" className="ink" style={styles.heading}>
        {words.heading}
      </Heading>
      <Text className="ink" style={styles.text}>
        {words.opening}
      </Text>
      <table style={styles.facts}>
        <tbody>
          {rowsOf(facts).map(([what, count]) => (
            <tr key={what}>
              <th scope="row" className="ink rule" style={{ ...styles.label, width: '85%' }}>
                {what}
              </th>
              <td className="ink rule" style={styles.fact}>
                {count}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Section style={styles.action}>
        <Button href={facts.deskUrl} className="button" style={styles.button}>
          {words.button}
        </Button>
      </Section>
    </Letter>
  );
}

export function whatWaitsText(facts: WhatWaits): string {
  const words = whatWaitsWords(facts);
  const rows = rowsOf(facts).map(([what, count]) => `${count} × ${what}`);
  const parts = [words.heading, words.opening, rows.join('\n'), `${words.button}\n${facts.deskUrl}`];
  return `${[...parts, `--\n${facts.sender}\n${words.reason}`].join('\n\n')}\n`;
}

function rowsOf(facts: WhatWaits): readonly (readonly [string, string])[] {
  const words = whatWaitsWords(facts);
  return facts.waiting.map(({ what, count, due }) => [
    due === undefined ? what : words.due(what, due),
    count,
  ]);
}
