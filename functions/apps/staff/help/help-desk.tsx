import { alarmWords, needWords } from '#kernel/attention/alarm-words.ts';
import { attentionKindWords } from '#kernel/attention/attention-words.ts';
import { helpWords as words } from './help-words.ts';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly what?: string;
  readonly todo: string;
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <>
      {entries.map(({ id, title, what, todo }) => (
        <section id={id}>
          <h3>{title}</h3>
          <p>
            {what} {todo}
          </p>
        </section>
      ))}
    </>
  );
}

const named = (texts: Readonly<Record<string, { readonly what: string; readonly todo: string }>>): Entry[] =>
  Object.entries(texts).map(([name, text]) => ({ id: name, title: name, ...text }));

/** What each waiting thing and each alarm means, and what to do. */
export function Help() {
  return (
    <div class="measure">
      <h1>{words.title}</h1>
      <p class="lead">{words.intro}</p>
      <h2>{words.waiting}</h2>
      <Entries entries={Object.entries(attentionKindWords).map(([id, text]) => ({ id, ...text }))} />
      <h2>{words.lists}</h2>
      <Entries entries={words.others} />
      <h2>{words.alarms}</h2>
      <p>{words.alarmsIntro}</p>
      <Entries entries={named(alarmWords)} />
      <h2>{words.needs}</h2>
      <p>{words.needsIntro}</p>
      <Entries entries={named(needWords)} />
      <p class="note">{words.thanks}</p>
    </div>
  );
}
