import type { Child } from 'hono/jsx';

/** A column: what stands above it, and what it shows of an item. */
interface Column<Item> {
  readonly head: string;
  readonly kind?: 'id' | 'amount' | 'actions';
  readonly cell: (item: Item) => Child;
}

interface SectionProps<Item> {
  readonly id: string;
  readonly title: string;
  readonly empty: string;
  readonly items: readonly Item[];
  readonly columns: readonly Column<Item>[];
  readonly children?: Child;
}

/** A part of the page: its heading, what can be done here, and a table that becomes cards on a phone. */
export function Section<Item extends { readonly id: string }>({
  id,
  title,
  empty,
  items,
  columns,
  children,
}: SectionProps<Item>) {
  return (
    <section id={id}>
      <div class="head">
        <h2>
          {title} <span class="count">{items.length}</span>
        </h2>
        {children}
      </div>
      {items.length === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                {columns.map(({ head }) => (
                  <th scope="col" key={head}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  {columns.map(({ head, kind, cell }) => (
                    // Where the table has become a card, each cell names its column.
                    <td data-label={head} class={kind} key={head}>
                      {cell(item)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
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
