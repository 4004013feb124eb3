import type { FundName } from '#kernel/staff/desk-context.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { ActionButton, Done } from '#kernel/staff/desk-form.tsx';
import { Filter, FundChoice, fundTitle, momentOf } from '#kernel/staff/desk-list.tsx';
import { htmlLanguage, languageOfText } from '#platform/web/languages.ts';
import { commentWords as words } from './comment-words.ts';
import type { NamedGift } from './list-names.ts';
import type { CommentToModerate } from './list-waiting-comments.ts';

interface WaitingProps {
  readonly waiting: readonly CommentToModerate[];
  readonly funds: readonly FundName[];
  readonly view: DeskView;
}

/** The comments and names that wait, the longest waiting first. */
export function WaitingComments({ waiting, funds, view }: WaitingProps) {
  return (
    <>
      <h1>{words.comments}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{waiting.length === 0 ? words.none : words.intro}</p>
      <ul class="gifts open">
        {waiting.map((each) => (
          <li>
            <header>
              <b dir="auto">{each.name ?? words.unsaid}</b>
            </header>
            <p class="note">
              {fundTitle(each.fund, funds)} · {momentOf(each.at)}
            </p>
            {each.message && (
              <blockquote lang={htmlLanguage(languageOfText(each.message))} dir="auto">
                {each.message}
              </blockquote>
            )}
            {each.waits.includes('name') && <p>{words.nameWaits}</p>}
            <div class="acts">
              <Decisions each={each} view={view} />
            </div>
          </li>
        ))}
      </ul>
      <p>
        <a href="/staff/names">{words.toNames}</a>
      </p>
    </>
  );
}

function Decisions({ each, view }: { readonly each: CommentToModerate; readonly view: DeskView }) {
  const { checkoutId, waits, message, name } = each;
  const ofComment = words.ofComment((message ?? '').slice(0, 40));
  const comment = { sending: view, action: `/staff/comments/${checkoutId}`, of: ofComment };
  const ofName = {
    sending: view,
    action: `/staff/names/${checkoutId}`,
    from: '/staff/comments',
    of: name ?? '',
  };
  return (
    <>
      {waits.includes('message') && (
        <>
          <ActionButton {...comment} label={words.approve} values={{ decision: 'approve' }} />
          <ActionButton {...comment} label={words.reject} values={{ decision: 'refuse' }} />
        </>
      )}
      {waits.includes('name') && (
        <>
          <ActionButton {...ofName} label={words.show} values={{ decision: 'show' }} />
          <ActionButton {...ofName} label={words.hide} values={{ decision: 'hide' }} />
        </>
      )}
    </>
  );
}

interface NamesProps {
  readonly fund: string | undefined;
  readonly names: readonly NamedGift[];
  readonly funds: readonly FundName[];
  readonly view: DeskView;
}

/** The names beside a campaign's newest gifts, each to be hidden or shown. */
export function Names({ fund, names, funds, view }: NamesProps) {
  const from = '/staff/names';
  return (
    <>
      <p class="up">
        <a href="/staff/comments">{words.toComments}</a>
      </p>
      <h1>{words.names}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{words.namesIntro}</p>
      <Filter action={from} button={words.open}>
        <FundChoice fund={fund} funds={funds} />
      </Filter>
      {names.length === 0 && <p>{words.namesNone}</p>}
      <ul class="gifts">
        {names.map(({ name, state, at, checkoutId }) => (
          <li>
            <header>
              <b dir="auto">{name}</b>
              {state !== 'hidden-by-donor' && (
                <ActionButton
                  {...{ sending: view, action: `${from}/${checkoutId}`, of: name }}
                  label={state === 'shown' ? words.hide : words.show}
                  values={{ decision: state === 'shown' ? 'hide' : 'show' }}
                />
              )}
            </header>
            <p class="note">
              {words.states[state]} · {momentOf(at)}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
