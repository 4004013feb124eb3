import type { Child } from 'hono/jsx';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly empty: string;
  readonly columns: readonly string[];
  readonly rows: readonly Child[];
  readonly children?: Child;
}

/** A part of the page: its heading, what can be done here, and a table that becomes cards on a phone. */
export function Section({ id, title, empty, columns, rows, children }: SectionProps) {
  return (
    <section id={id}>
      <div class="head">
        <h2>
          {title} <span class="count">{rows.length}</span>
        </h2>
        {children}
      </div>
      {rows.length === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th scope="col" key={column}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{rows}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface CellProps {
  readonly label: string;
  readonly children?: Child;
  readonly kind?: 'id' | 'amount' | 'actions';
}

/** A table's cell, which names its column where the table has become a card. */
export function Cell({ label, children, kind }: CellProps) {
  return (
    <td data-label={label} class={kind}>
      {children}
    </td>
  );
}

const good = [
  'succeeded',
  'complete',
  'paid',
  'delivered',
  'won',
  'completed',
  'warning_closed',
  'prevented',
];
const bad = ['failed', 'lost', 'declined', 'canceled', 'expired'];

/** A status as a coloured word. */
export function Badge({ word }: { readonly word: string }) {
  const tone = good.includes(word) ? 'good' : bad.includes(word) ? 'bad' : 'open';
  return <span class={`badge ${tone}`}>{word.replaceAll('_', ' ')}</span>;
}

interface PressProps {
  readonly path: string;
  readonly label: string;
  readonly name?: string;
  readonly value?: string;
  /** An amount in cents that can be typed, and its largest value when there is one. */
  readonly amount?: { readonly label: string; readonly value: number; readonly most?: number };
  readonly isMain?: boolean;
}

/** A button that does one thing. */
export function Press({ path, label, name, value, amount, isMain = false }: PressProps) {
  return (
    <form method="post" action={path}>
      {name === undefined ? null : <input type="hidden" name={name} value={value} />}
      {amount === undefined ? null : (
        <>
          <input
            type="number"
            name="amount"
            aria-label={amount.label}
            min={1}
            max={amount.most}
            value={amount.value}
            required
          />
          <span class="soft">cents</span>
        </>
      )}
      <button type="submit" class={isMain ? undefined : 'quiet'}>
        {label}
      </button>
    </form>
  );
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Hong_Kong',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** A time in Hong Kong. */
export function Time({ at }: { readonly at: number }) {
  const date = new Date(at * 1000);
  return <time datetime={date.toISOString()}>{clock.format(date)}</time>;
}
