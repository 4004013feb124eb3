import { type Context, Hono } from 'hono';
import { refuseForeignForms } from '../same-site.ts';
import { type Fates, fateNames } from './fates.ts';
import type { Inbox } from './inbox.ts';
import { InboxPage, MessagePage, viewNames } from './inbox-page.tsx';
import { type Troubles, troubleNames } from './troubles.ts';

const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'";
// A mail is a foreign document: no scripts, nothing loaded from outside, links open in a window of their own. Only the inbox shows it
// in a frame.
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The inbox for people: a list at `/`, each mail with its HTML, text, headers and source, and buttons for what becomes of it. */
export function createInboxRoutes(inbox: Inbox, fates: Fates, troubles: Troubles): Hono {
  const routes = new Hono();

  routes.get('/', (c) => {
    c.header('content-security-policy', pagePolicy);
    return c.html(<InboxPage messages={inbox.list()} fates={fates} trouble={troubles.name} />);
  });

  routes.get('/messages/:id', (c) => {
    const message = inbox.get(c.req.param('id'));
    if (!message) return notHere(c);
    message.read = true;
    const asked = viewNames.find((name) => name === c.req.query('view'));
    const view = asked ?? (message.email.html ? 'html' : 'text');
    c.header('content-security-policy', pagePolicy);
    return c.html(<MessagePage message={message} fates={fates.of(message)} view={view} />);
  });

  routes.get('/messages/:id/html', (c) => {
    const html = inbox.get(c.req.param('id'))?.email.html;
    if (!html) return notHere(c);
    c.header('content-security-policy', mailPolicy);
    return c.html(html);
  });

  routes.get('/messages/:id/source', (c) => {
    const message = inbox.get(c.req.param('id'));
    return message ? c.text(message.source) : notHere(c);
  });

  routes.post('/messages/:id/fate', refuseForeignForms, async (c) => {
    const message = inbox.get(c.req.param('id'));
    if (!message) return notHere(c);
    const form = new URLSearchParams(await c.req.text());
    const name = fateNames.find((each) => each === form.get('name'));
    if (!name) return c.text(`name: one of ${fateNames.join(', ')}.\n`, 422);
    fates.happen(message, name);
    return c.redirect(`/messages/${message.id}`, 303);
  });

  routes.get('/__local/trouble', (c) => c.json({ trouble: troubles.name }));
  routes.post('/__local/trouble', refuseForeignForms, async (c) => {
    const text = await c.req.text();
    const isJson = c.req.header('content-type')?.startsWith('application/json');
    const name = isJson ? readTrouble(text) : new URLSearchParams(text).get('trouble');
    if (!troubles.turn(name))
      return c.text(`trouble: one of ${Object.keys(troubleNames).join(', ')}.\n`, 422);
    return isJson ? c.json({ trouble: troubles.name }) : c.redirect('/', 303);
  });

  return routes;
}

function readTrouble(json: string): unknown {
  try {
    return (JSON.parse(json) as { readonly trouble?: unknown } | null)?.trouble;
  } catch {
    return undefined;
  }
}

function notHere(c: Context): Response {
  return c.text('There is no such mail in this inbox.\n', 404);
}
