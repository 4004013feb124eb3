import { Hono } from 'hono';
import type { Attachment } from './attachments.ts';
import { isObject } from './email.ts';
import type { Inbox, Message } from './inbox.ts';

const defaultLimit = 50;

/** The inbox as JSON in the form of Mailpit's API v1, so that its clients and habits work here. */
export function createMailpitApi(inbox: Inbox): Hono {
  const api = new Hono();
  const find = (id: string) => (id === 'latest' ? inbox.list()[0] : inbox.get(id));

  api.get('/api/v1/messages', (c) => {
    const start = wholeNumber(c.req.query('start'), 0);
    const limit = wholeNumber(c.req.query('limit'), defaultLimit);
    if (start === undefined || limit === undefined) {
      return c.json({ Error: '`start` and `limit` must be whole numbers.' }, 400);
    }
    const all = inbox.list();
    const unread = all.filter((message) => !message.read).length;
    const messages = all.slice(start, start + limit).map(summary);
    const tags = [...new Set(all.flatMap(tagTexts))].sort();
    return c.json({
      total: all.length,
      unread,
      count: messages.length,
      messages_count: all.length,
      messages_unread: unread,
      start,
      tags,
      messages,
    });
  });

  api.get('/api/v1/message/:id', (c) => {
    const message = find(c.req.param('id'));
    if (!message) return c.json({ Error: 'message not found' }, 404);
    message.read = true;
    return c.json(whole(message));
  });

  api.get('/api/v1/message/:id/headers', (c) => {
    const message = find(c.req.param('id'));
    if (!message) return c.json({ Error: 'message not found' }, 404);
    const headers: Record<string, string[]> = {};
    for (const [name, value] of message.headers) headers[name] = [...(headers[name] ?? []), value];
    return c.json(headers);
  });

  api.delete('/api/v1/messages', async (c) => {
    const text = await c.req.text();
    const ids = readIds(text);
    if (ids === 'bad') return c.json({ Error: 'The body must be empty or { "IDs": [string] }.' }, 400);
    inbox.delete(ids);
    return c.text('ok');
  });

  return api;
}

function wholeNumber(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

// Mailpit deletes everything when no ids are given.
function readIds(text: string): string[] | undefined | 'bad' {
  if (text.trim() === '') return undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'bad';
  }
  if (!isObject(body)) return 'bad';
  const ids: unknown = body.IDs ?? [];
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) return 'bad';
  return ids.length === 0 ? undefined : ids;
}

function tagTexts({ email }: Message): string[] {
  return email.tags.map(({ name, value }) => `${name}=${value}`);
}

function summary(message: Message) {
  return {
    ...common(message),
    Read: message.read,
    Created: message.acceptedAt.toISOString(),
    Attachments: message.email.attachments.length,
    Snippet: (message.email.text ?? '').replace(/\s+/g, ' ').trim().slice(0, 250),
  };
}

function whole(message: Message) {
  const { email } = message;
  const files = email.attachments.map(describeFile);
  return {
    ...common(message),
    ReturnPath: email.from.Address,
    Date: message.acceptedAt.toISOString(),
    HTML: email.html ?? '',
    Text: email.text ?? '',
    Attachments: files.filter((file) => !file.ContentID),
    Inline: files.filter((file) => file.ContentID),
  };
}

function common(message: Message) {
  const { email } = message;
  return {
    ID: message.id,
    MessageID: message.messageId,
    From: email.from,
    To: email.to,
    Cc: email.cc,
    Bcc: email.bcc,
    ReplyTo: email.replyTo,
    Subject: email.subject,
    Size: Buffer.byteLength(message.source),
    Tags: tagTexts(message),
  };
}

function describeFile(file: Attachment, index: number) {
  return {
    PartID: String(index + 2),
    FileName: file.filename,
    ContentType: file.contentType,
    ContentID: file.contentId,
    Size: file.content.length,
  };
}
