import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import type { Problem } from '#platform/errors.ts';
import { type PlainPage, pageNames } from './plain-page.ts';
import { plainPageWords as words } from './plain-page-words.ts';

/** All plain pages, each with the way to write it. */
export function PlainPages({
  pages,
  view,
}: {
  readonly pages: readonly PlainPage[];
  readonly view: DeskView;
}) {
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{words.intro}</p>
      <ul class="gifts open">
        {pageNames.map((name) => {
          const page = pages.find((each) => each.name === name);
          return (
            <li>
              <header>
                <b>{words.names[name]}</b>
              </header>
              <p class="note">{page ? words.statuses[page.status] : words.unwritten}</p>
              <p class="row">
                <a class="button quiet" href={`/staff/pages/${name}/edit`}>
                  {words.write}
                  <span class="none">{words.of(words.names[name])}</span>
                </a>
                {page?.status === 'published' && (
                  <a class="button quiet" href={`/${name}`}>
                    {words.see}
                    <span class="none">{words.of(words.names[name])}</span>
                  </a>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What the writer of a page is to know; and what stands there, where another one was faster. */
export function WritingPage({
  page,
  problem,
}: {
  page: PlainPage | undefined;
  problem: Problem | undefined;
}) {
  return (
    <>
      <p class="lead">{words.oneFollows}</p>
      {page && problem?.code === 'precondition-failed' && (
        <section class="notice">
          <h2>{words.changedTitle}</h2>
          <p>{words.changed}</p>
          {(['title', 'text'] as const).map((name) => (
            <>
              <h3>{words.fields[name]}</h3>
              <p>{page[name].en}</p>
              <p lang="zh-Hant-HK">{page[name]['zh-HK']}</p>
            </>
          ))}
        </section>
      )}
    </>
  );
}
