import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { ActionButton, Done } from '#kernel/staff/desk-form.tsx';
import { formatMoment } from '#platform/clock.ts';
import type { TickState } from './opening.ts';
import { openingWords as words } from './opening-words.ts';
import type { Opening } from './read-opening.ts';

/** What is to be done before the first gift, each with how to do it and how far it is. */
export function OpeningDesk({ opening, view }: { readonly opening: Opening; readonly view: DeskView }) {
  const { list, isClosed } = opening;
  const done = list.filter(({ isDone }) => isDone).length;
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.sentences} />
      <p class="lead">{isClosed ? words.closed : words.intro}</p>
      <p>
        <strong>{words.count(done, list.length)}</strong>
      </p>
      <ul class="gifts open">
        {list.map((state) => (
          <Line state={state} opening={opening} />
        ))}
      </ul>
      {done === list.length && !isClosed && (
        <ActionButton
          sending={view}
          action="/staff/opening-closed"
          from="/staff/opening"
          label={words.close}
          isQuiet={false}
        />
      )}
    </>
  );
}

function Line({ state, opening: { key } }: { readonly state: TickState; readonly opening: Opening }) {
  const { tick, isDone, seen, note } = state;
  const { title, how, link } = words.ticks[tick];
  const isElsewhere = link?.href.startsWith('https:');
  return (
    <li>
      <h2>
        {isDone ? '✓ ' : '○ '}
        {title}
        <span class="none"> ({isDone ? words.done : words.open})</span>
      </h2>
      {!isDone && <p>{how}</p>}
      {tick === 'desk-key' && key && <p>{words.keys[key]}</p>}
      {seen?.isDone && seen.at && <p class="note">{words.seenAt(formatMoment(seen.at))}</p>}
      {note && (
        <p class="note">
          <span dir="auto">{words.recordedBy(note.name, formatMoment(note.at))}</span>
          {note.note && (
            <>
              {' '}
              <span dir="auto">{note.note}</span>
            </>
          )}
        </p>
      )}
      <p class="row">
        {link && !isDone && (
          <a class="button quiet small" href={link.href} {...(isElsewhere && { rel: 'noopener noreferrer' })}>
            {link.text}
          </a>
        )}
        {(!isDone || note) && (
          <a class="button quiet small" href={`/staff/opening/${tick}`}>
            {note ? words.recordAnew : words.recordIt}
            <span class="none">: {title}</span>
          </a>
        )}
      </p>
    </li>
  );
}
