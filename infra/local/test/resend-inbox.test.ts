import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ResendUnderTest } from './support/resend-under-test.ts';

let local: ResendUnderTest;
beforeEach(async () => {
  local = await ResendUnderTest.start();
});
afterEach(() => local.close());

const chinese = '感謝您支持「荔枝角的新家」，您的捐款已順利收到，我們銘記於心';

async function send(change: Partial<{ subject: string; html: string; text: string; to: string }> = {}) {
  local.clock += 1000;
  const { data, error } = await local.sdk.emails.send({
    from: '示範慈善機構 <thanks@example.org>',
    to: 'Ada Lam <ada@example.com>',
    bcc: 'books@example.org',
    replyTo: 'hello@example.org',
    subject: chinese,
    html: '<p>謝謝</p>',
    text: '謝謝\n您',
    headers: { 'X-Entity-Ref-ID': 'gift_1' },
    tags: [{ name: 'template', value: 'gift-received' }],
    attachments: [{ filename: 'note.txt', content: Buffer.from('hello').toString('base64') }],
    ...change,
  });
  expect(error).toBeNull();
  return data?.id ?? '';
}

const get = (path: string) => fetch(`${local.url}${path}`);
const json = async (path: string) => (await get(path)).json() as Promise<unknown>;

describe('the inbox as Mailpit JSON', () => {
  it('lists mails newest first, page by page, and counts what was not read', async () => {
    await send({ subject: 'First' });
    const second = await send({ subject: 'Second' });
    await send({ subject: 'Third' });
    await json(`/api/v1/message/${second}`);
    expect(await json('/api/v1/messages?limit=1&start=1')).toMatchObject({
      total: 3,
      unread: 2,
      count: 1,
      start: 1,
      messages: [
        {
          ID: second,
          Subject: 'Second',
          Read: true,
          From: { Name: '示範慈善機構', Address: 'thanks@example.org' },
          To: [{ Name: 'Ada Lam', Address: 'ada@example.com' }],
          Created: '2026-04-17T13:04:02.000Z',
          Snippet: '謝謝 您',
          Attachments: 1,
        },
      ],
    });
  });

  it('shows one mail whole', async () => {
    const id = await send();
    expect(await json(`/api/v1/message/${id}`)).toMatchObject({
      ID: id,
      Subject: chinese,
      Date: '2026-04-17T13:04:01.000Z',
      HTML: '<p>謝謝</p>',
      Text: '謝謝\n您',
      Cc: [],
      Bcc: [{ Name: '', Address: 'books@example.org' }],
      ReplyTo: [{ Name: '', Address: 'hello@example.org' }],
      Tags: ['template=gift-received'],
      Attachments: [{ FileName: 'note.txt', Size: 5 }],
      Inline: [],
    });
    expect(await json('/api/v1/message/latest')).toMatchObject({ ID: id });
  });

  it('gives the headers of a mail, and keeps Bcc out of them', async () => {
    const id = await send({ subject: 'Plain' });
    const headers = (await json(`/api/v1/message/${id}/headers`)) as Record<string, string[]>;
    expect(headers).toMatchObject({
      To: ['"Ada Lam" <ada@example.com>'],
      'Reply-To': ['hello@example.org'],
      Subject: ['Plain'],
      Date: ['Fri, 17 Apr 2026 13:04:01 +0000'],
      'X-Entity-Ref-ID': ['gift_1'],
    });
    expect(headers).not.toHaveProperty('Bcc');
  });

  it('deletes the named mails, or all of them', async () => {
    const [first] = [await send(), await send(), await send()];
    const remove = (body?: string) =>
      fetch(`${local.url}/api/v1/messages`, { method: 'DELETE', ...(body ? { body } : {}) });
    await remove(JSON.stringify({ IDs: [first] }));
    expect(await json('/api/v1/messages')).toMatchObject({ total: 2 });
    expect((await remove('{"IDs":7}')).status).toBe(400);
    await remove();
    expect(await json('/api/v1/messages')).toMatchObject({ total: 0, messages: [] });
  });

  it('answers 404 for a mail that is not there and 400 for a page that is no number', async () => {
    expect((await get('/api/v1/message/none')).status).toBe(404);
    expect((await get('/api/v1/message/none/headers')).status).toBe(404);
    expect((await get('/api/v1/messages?limit=-1')).status).toBe(400);
  });
});

describe('the source of a mail', () => {
  it('is ASCII in lines that mail servers take, and holds subject and parts when decoded', async () => {
    const source = await (await get(`/messages/${await send()}/source`)).text();
    expect(source).toMatch(/^[\r\n\x20-\x7e]*$/);
    const lines = source.split('\r\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(90);
    const header = source.slice(source.indexOf('Subject: '), source.indexOf('\r\nMessage-ID'));
    const words = [...header.matchAll(/=\?UTF-8\?B\?([^?]+)\?=/g)];
    expect(words.every(([word]) => word.length <= 75)).toBe(true);
    expect(words.map(([, word]) => Buffer.from(word ?? '', 'base64').toString()).join('')).toBe(chinese);
    for (const part of ['謝謝\n您', '<p>謝謝</p>', 'hello']) {
      expect(lines).toContain(Buffer.from(part).toString('base64'));
    }
  });
});

describe('the inbox page', () => {
  it('shows subjects and names as text and links to each mail', async () => {
    const id = await send({ subject: '<script>alert(1)</script>', text: '<b>bold</b>' });
    const list = await (await get('/')).text();
    expect(list).toContain(`href="/messages/${id}"`);
    const page = await (await get(`/messages/${id}`)).text();
    for (const html of [list, page]) {
      expect(html).toMatch(/^<!DOCTYPE html>/);
      expect(html).toContain('&lt;script&gt;');
      expect(html).not.toContain('<script');
    }
    expect(page).toMatch(/<iframe[^>]+sandbox=/);
    const view = async (name: string) => (await get(`/messages/${id}?view=${name}`)).text();
    expect(await view('text')).toContain('&lt;b&gt;bold&lt;/b&gt;');
    expect(await view('headers')).toContain('Reply-To: hello@example.org');
    expect(await view('source')).toContain('Content-Type: multipart/mixed');
    expect(await view('phone')).toMatch(/<iframe[^>]+class="phone"/);
  });

  it('shows the HTML of a mail without letting it run or load anything', async () => {
    const id = await send({ html: '<p>Hi</p><script>alert(1)</script>' });
    const response = await get(`/messages/${id}/html`);
    expect(await response.text()).toContain('<p>Hi</p>');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox');
    expect(policy).not.toContain('allow-scripts');
  });

  it('is framed by no page; a mail is framed by the inbox alone, which shows it', async () => {
    const id = await send();
    const paths = [
      '/',
      `/messages/${id}`,
      `/messages/${id}?view=source`,
      `/messages/${id}/source`,
      '/messages/none',
    ];
    for (const path of paths) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options'), path).toBe('DENY');
    }
    const { headers } = await get(`/messages/${id}/html`);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    // A browser without frame-ancestors would take the sandboxed mail for another site's.
    expect(headers.get('x-frame-options')).toBeNull();
  });

  it('says so when a mail is not there', async () => {
    expect((await get('/messages/none')).status).toBe(404);
    expect(await (await get('/')).text()).toContain('No mail yet');
  });
});
