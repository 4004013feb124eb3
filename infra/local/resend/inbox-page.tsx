import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Mailbox } from './address.ts';
import type { Fate, FateName, Fates } from './fates.ts';
import type { Message } from './inbox.ts';
import { type TroubleName, troubleNames } from './troubles.ts';

const style = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --warm: #b3431f; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1rem 1.25rem 3rem; font: 1rem/1.5 system-ui, "PingFang HK", "Noto Sans CJK HK", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: .5rem 0; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; }
td:nth-last-child(-n + 2) { overflow-wrap: normal; }
@media (min-width: 40rem) { td:nth-last-child(-n + 2) { white-space: nowrap; } }
@media (max-width: 40rem) { table { font-size: .85rem; } th, td { padding: .5rem .25rem; } td:first-child { min-width: 6rem; } }
.facts td { white-space: normal; overflow-wrap: anywhere; }
.unread td { font-weight: 700; }
.views { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none; margin: 1rem 0; }
.views a { display: block; padding: .4rem .9rem; border: 1px solid var(--line); border-radius: .5rem; text-decoration: none; }
.views a[aria-current] { background: var(--warm); border-color: var(--warm); color: #fff; }
.fate { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; padding: .75rem 1rem; background: var(--soft); border-radius: .5rem; }
.fate form { margin: 0; }
button { font: inherit; padding: .4rem .9rem; border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; }
iframe { width: 100%; height: 60rem; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
iframe.phone { display: block; width: 390px; max-width: 100%; margin: 0 auto; }
pre { white-space: pre-wrap; padding: 1rem; background: var(--soft); border-radius: .5rem; }
:focus-visible { outline: 3px solid var(--warm); outline-offset: 2px; }
`;

function Page({ title, refresh, children }: { title: string; refresh?: boolean; children: Child }) {
  return html`<!DOCTYPE html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {refresh && <meta http-equiv="refresh" content="5" />}
        <title>{title}</title>
        <style>{raw(style)}</style>
      </head>
      <body>{children}</body>
    </html>
  )}`;
}

/** All mails, newest first. The page reloads itself, because mails arrive while one waits for them. */
export function InboxPage({
  messages,
  fates,
  trouble,
}: {
  messages: readonly Message[];
  fates: Fates;
  trouble: TroubleName;
}) {
  return (
    <Page title={`Inbox (${messages.length})`} refresh>
      <h1>Inbox</h1>
      <p>Every mail that Tideover sent on this computer. Nothing leaves it.</p>
      {messages.length === 0 ? <p>No mail yet.</p> : <MessageTable messages={messages} fates={fates} />}
      <TroubleSwitch trouble={trouble} />
    </Page>
  );
}

/** Buttons that let the account have trouble: mails wait then, and go when it is over. */
function TroubleSwitch({ trouble }: { trouble: TroubleName }) {
  return (
    <form class="fate" method="post" action="/__local/trouble">
      <span>
        Trouble of the account at Resend: <strong>{troubleNames[trouble]}</strong>.
      </span>
      {(Object.keys(troubleNames) as TroubleName[])
        .filter((name) => name !== trouble)
        .map((name) => (
          <button key={name} type="submit" name="trouble" value={name}>
            {troubleNames[name]}
          </button>
        ))}
    </form>
  );
}

function MessageTable({ messages, fates }: { messages: readonly Message[]; fates: Fates }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">To</th>
          <th scope="col">Subject</th>
          <th scope="col">State</th>
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
            <td>{fates.lastOf(message)}</td>
            <td>{time(message.acceptedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The ways to look at one mail, by the name in the address. */
const views = {
  html: 'HTML',
  phone: 'HTML on a phone',
  text: 'Text',
  headers: 'Headers',
  source: 'Source',
} as const;

export type ViewName = keyof typeof views;
export const viewNames = Object.keys(views) as ViewName[];

const buttons: readonly [FateName, string][] = [
  ['delivered', 'Deliver'],
  ['bounced', 'Let it bounce'],
  ['complained', 'Complain'],
  ['suppressed', 'Suppress'],
  ['failed', 'Let it fail'],
];

interface MessagePageProps {
  readonly message: Message;
  readonly fates: readonly Fate[];
  readonly view: ViewName;
}

/** One mail in one of its views, with what became of it. */
export function MessagePage({ message, fates, view }: MessagePageProps) {
  const { email } = message;
  return (
    <Page title={email.subject}>
      <p>
        <a href="/">Inbox</a>
      </p>
      <h1>{email.subject}</h1>
      <Facts message={message} fates={fates} />
      <div class="fate">
        <span>What becomes of it:</span>
        {buttons.map(([name, words]) => (
          <form key={name} method="post" action={`/messages/${message.id}/fate`}>
            <button type="submit" name="name" value={name}>
              {words}
            </button>
          </form>
        ))}
      </div>
      <ul class="views">
        {viewNames.map((name) => (
          <li key={name}>
            <a href={`?view=${name}`} aria-current={name === view ? 'page' : undefined}>
              {views[name]}
            </a>
          </li>
        ))}
      </ul>
      <View message={message} view={view} />
    </Page>
  );
}

function View({ message, view }: { message: Message; view: ViewName }) {
  const { email } = message;
  switch (view) {
    case 'text':
      return <pre>{email.text ?? 'This mail has no text part.'}</pre>;
    case 'headers':
      return <pre>{message.headers.map((line) => line.join(': ')).join('\n')}</pre>;
    case 'source':
      return <pre>{message.source}</pre>;
    default:
      return email.html ? (
        <iframe
          title="The mail"
          class={view}
          src={`/messages/${message.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      ) : (
        <p>This mail has no HTML part.</p>
      );
  }
}

function Facts({ message, fates }: { message: Message; fates: readonly Fate[] }) {
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
    ['Events', fates.map(fateText).join(', ')],
  ];
  return (
    <table class="facts">
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
  );
}

function fateText({ name, delivery }: Fate): string {
  if (!delivery) return name;
  const { state, status, attempts } = delivery;
  return `${name} (webhook ${state}${status ? `, answered ${status}` : ''}${attempts > 1 ? `, attempt ${attempts}` : ''})`;
}

function written(list: readonly Mailbox[]): string {
  return list.map(({ Name, Address }) => (Name ? `${Name} <${Address}>` : Address)).join(', ');
}

function time(date: Date): string {
  return date.toLocaleString('en-GB', { timeZone: 'Asia/Hong_Kong', timeZoneName: 'short' });
}
