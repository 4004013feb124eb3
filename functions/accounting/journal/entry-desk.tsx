import { MoneyLinks } from '#accounting/accounts/money-links.tsx';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import { type EntryForm, entryWords as words } from './entry-words.ts';

/** What can be entered by hand, each with when it is the right one. */
export function Entries({ view }: { readonly view: DeskView }) {
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <MoneyLinks at="/staff/entries" />
      <p class="lead">{words.intro}</p>
      <ul class="gifts">
        {(Object.keys(words.forms) as EntryForm[]).map((form) => (
          <li>
            <header>
              <a href={`/staff/entries/${form}`}>{words.forms[form].title}</a>
            </header>
            <p>{words.forms[form].when}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a form is for, above its fields. */
export function AboutEntry({ form, cash }: { readonly form: EntryForm; readonly cash: string | undefined }) {
  return (
    <>
      <p class="lead">{words.forms[form].when}</p>
      {cash !== undefined && <p>{words.cashSays(cash)}</p>}
      {form === 'reclassifications' && (
        <ul class="sources">
          {words.examples.map((example) => (
            <li>{example}</li>
          ))}
        </ul>
      )}
    </>
  );
}
