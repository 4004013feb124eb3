import { html } from 'hono/html';
import type { Person } from './people.ts';

const style = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 26rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
button { display: block; width: 100%; margin: .5rem 0; padding: .75rem; font: inherit; text-align: left; }
`;

/** Asks which of the invented people signs in; there is no password on this computer. */
export function signInPage(uid: string, people: readonly Person[]) {
  return html`<!DOCTYPE html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sign in as</title>
        <style>{style}</style>
      </head>
      <body>
        <h1>Sign in as</h1>
        <p>These people are invented, and this sign-in is on your computer only.</p>
        <form method="post" action={`/interaction/${uid}`}>
          {people.map(choice)}
        </form>
      </body>
    </html>
  )}`;
}

function choice({ id, name, role }: Person) {
  return (
    <button type="submit" name="member" value={id}>
      {name} <small>({role})</small>
    </button>
  );
}
