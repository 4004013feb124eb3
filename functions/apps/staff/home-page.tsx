import type { DeskLink, DeskSession } from '#kernel/staff/desk-context.ts';
import { deskLayout } from '#kernel/staff/desk-frame.tsx';
import { deskWordsOf } from '#kernel/staff/desk-words.ts';
import { mayDo } from '#kernel/staff/rights.ts';
import { deskHome } from '#kernel/staff/sign-in.ts';
import type { Language } from '#platform/charity.ts';
import { openingWords } from './opening/opening-words.ts';

/** The home of the desk: who is signed in, and what they can do. */
export function homePage(frame: {
  readonly session: DeskSession;
  readonly language: Language;
  readonly links: readonly DeskLink[];
  readonly demonstration: boolean;
  /** Whether the list of what is to be done before the first gift is still open. */
  readonly isOpening: boolean;
}) {
  const { session, language, links, isOpening } = frame;
  const { actor, name } = session;
  const words = deskWordsOf(language);
  const title = words.welcome(name);
  const open = links.filter(({ right }) => right === null || mayDo(actor, right));
  return deskLayout(
    { ...frame, title, path: deskHome },
    <section class="card narrow">
      <h1>{title}</h1>
      {isOpening && (
        <p class="notice">
          <a href="/staff/opening">{openingWords.home[language]}</a>
        </p>
      )}
      {actor.roles.length === 0 && <p>{words.noRoles}</p>}
      {actor.roles.length > 0 && (
        <>
          <h2>{words.yourRoles}</h2>
          <ul class="sources">
            {actor.roles.map((role) => (
              <li>{words.roles[role]}</li>
            ))}
          </ul>
        </>
      )}
      {open.length > 0 && (
        <>
          <h2>{words.whatYouCanDo}</h2>
          <ul class="sources">
            {open.map((link) => (
              <li>
                <a href={link.path}>{link.title[language]}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>,
  );
}
