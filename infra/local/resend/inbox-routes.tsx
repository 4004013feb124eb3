import { type Context, Hono } from 'hono';
import type { Inbox } from './inbox.ts';
import { InboxPage, MessagePage } from './inbox-page.tsx';

const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";
// A mail is somebody else's document: no scripts, nothing loaded from outside, links open in a window of their own.
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The inbox for people: a list at `/`, and each mail with its HTML, text, headers and source. */
export function createInboxRoutes(inbox: Inbox): Hono {
  const routes = new Hono();

  routes.get('/', (c) => {
    c.header('content-security-policy', pagePolicy);
    return c.html(<InboxPage messages={inbox.list()} />);
  });

  routes.get('/messages/:id', (c) => {
    const message = inbox.get(c.req.param('id'));
    if (!message) return notHere(c);
    message.read = true;
    c.header('content-security-policy', pagePolicy);
    return c.html(<MessagePage message={message} />);
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

  return routes;
}

function notHere(c: Context): Response {
  return c.text('There is no such mail in this inbox.\n', 404);
}
