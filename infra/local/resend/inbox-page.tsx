import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Mailbox } from './address.ts';
import type { Message } from './inbox.ts';

const style = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid #8886; overflow-wrap: anywhere; }
th { font-weight: 600; }
.unread td { font-weight: 700; }
iframe { width: 100%; height: 50rem; border: 1px solid #8886; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
summary { padding: .5rem 0; font-weight: 600; cursor: pointer; }
`;

function Page({ title, refresh, children }: { title: string; refresh?: boolean; children: Child }) {
  return html`<!DOCTYPE html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {refresh && <meta http-equiv="refresh" content="5" />}
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body>{children}</body>
    </html>
  )}`;
}

/** All mails, newest first. The page reloads itself, because mails arrive while one waits for them. */
export function InboxPage({ messages }: { messages: readonly Message[] }) {
  return (
    <Page title={`Inbox (${messages.length})`} refresh>
      <h1>Inbox</h1>
      <p>Every mail that Tideover sent on this computer. Nothing leaves it.</p>
      {messages.length === 0 ? <p>No mail yet.</p> : <MessageTable messages={messages} />}
    </Page>
  );
}

function MessageTable({ messages }: { messages: readonly Message[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">To</th>
          <th scope="col">Subject</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <tr key={message.id} class={message.read ? undefined : 'unread'}>
            <td>{written(message.email.to)}</td>
            <td>
              <a href={`/messages/${message.id}`}>{message.email.subject}</a>
            </td>
            <td>{time(message.acceptedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One mail: as its reader sees it, then as text, headers and source. */
export function MessagePage({ message }: { message: Message }) {
  const { email } = message;
  const facts: [string, string][] = [
    ['From', written([email.from])],
    ['To', written(email.to)],
    ['Cc', written(email.cc)],
    ['Bcc', written(email.bcc)],
    ['Reply to', written(email.replyTo)],
    ['Time', time(message.acceptedAt)],
    ['Tags', email.tags.map(({ name, value }) => `${name}=${value}`).join(', ')],
    ['Attachments', email.attachments.map(({ filename }) => filename).join(', ')],
  ];
  return (
    <Page title={email.subject}>
      <p>
        <a href="/">Inbox</a>
      </p>
      <h1>{email.subject}</h1>
      <table>
        <tbody>
          {facts
            .filter(([, value]) => value)
            .map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {email.html && (
        <iframe
          title="The mail"
          src={`/messages/${message.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      )}
      {email.text && <Part title="Text" content={email.text} open={!email.html} />}
      <Part title="Headers" content={message.headers.map((line) => line.join(': ')).join('\n')} />
      <Part title="Source" content={message.source} />
    </Page>
  );
}

function Part({ title, content, open = false }: { title: string; content: string; open?: boolean }) {
  return (
    <details open={open}>
      <summary>{title}</summary>
      <pre>{content}</pre>
    </details>
  );
}

function written(list: readonly Mailbox[]): string {
  return list.map(({ Name, Address }) => (Name ? `${Name} <${Address}>` : Address)).join(', ');
}

function time(date: Date): string {
  return date.toLocaleString('en-GB', { timeZone: 'Asia/Hong_Kong', timeZoneName: 'short' });
}
