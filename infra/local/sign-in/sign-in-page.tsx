import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { KnownPerson } from './people.ts';

const style = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 26rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
button { display: block; width: 100%; margin: .5rem 0; padding: .75rem; font: inherit; text-align: left; }
`;

/** Asks which of the invented people signs in; there is no password on this computer. */
export function signInPage(uid: string, people: readonly KnownPerson[]) {
  return page(
    'Sign in as',
    <>
      <h1>Sign in as</h1>
      <p>These people are invented, and this sign-in is on your computer only.</p>
      <form method="post" action={`/interaction/${uid}`}>
        {people.map(choice)}
      </form>
    </>,
  );
}

/**
 * Asks whether the person signs out here too: the protocol lets no other site decide it alone.
 * @param form the provider's own, which its button sends
 */
export function signOutPage(form: string) {
  return page(
    'Sign out',
    <>
      <h1>Sign out</h1>
      {raw(form)}
      <button type="submit" form="op.logoutForm" name="logout" value="yes">
        Sign out of this computer's sign-in
      </button>
    </>,
  );
}

function page(title: string, content: Child) {
  return html`<!DOCTYPE html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body>
        <main>{content}</main>
      </body>
    </html>
  )}`;
}

function choice({ id, name, roles }: KnownPerson) {
  return (
    <button type="submit" name="member" value={id}>
      {name} <small>({roles.join(', ') || 'no role'})</small>
    </button>
  );
}
