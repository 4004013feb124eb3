import { html } from 'hono/html';
import type { CommentToModerate } from '#giving/comments/list-waiting-comments.ts';

const style = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 45rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
li { padding: .75rem 0; border-bottom: 1px solid #8886; }
ul { list-style: none; padding: 0; }
blockquote { margin: 0 0 .5rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 1.1rem; }
button { padding: .4rem 1rem; font: inherit; }
`;

/** The comments and names that wait for a decision, each with its two buttons. */
export function commentsPage(waiting: readonly CommentToModerate[]) {
  const title = `Comments to approve (${waiting.length})`;
  return html`<!DOCTYPE html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body>
        <h1>{title}</h1>
        <p>
          Comments, and names that hold a link or a number, stand on a campaign's page only after they are
          approved.
        </p>
        {waiting.length === 0 ? <p>None wait.</p> : <ul>{waiting.map(toEntry)}</ul>}
      </body>
    </html>
  )}`;
}

function toEntry({ checkoutId, waits, message, name, fund, at }: CommentToModerate) {
  return (
    <li>
      {message && <blockquote dir="auto">{message}</blockquote>}
      <p>
        <bdi>{name ?? 'Anonymous'}</bdi>, <a href={`/campaigns/${fund}`}>{fund}</a>,{' '}
        {at.toLocaleString('en-GB', { timeZone: 'Asia/Hong_Kong', timeZoneName: 'short' })}
      </p>
      {waits.map((about) => (
        <form method="post" action={`/__local/words/${checkoutId}`}>
          <input type="hidden" name="about" value={about} />
          {about === 'name' ? 'The name: ' : 'The comment: '}
          <button type="submit" name="decision" value="approve">
            Approve
          </button>{' '}
          <button type="submit" name="decision" value="refuse">
            Reject
          </button>
        </form>
      ))}
    </li>
  );
}
