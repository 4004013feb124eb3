import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mail, ResendUnderTest } from './support/resend-under-test.ts';

let local: ResendUnderTest;
beforeEach(async () => {
  local = await ResendUnderTest.start();
});
afterEach(() => local.close());

describe('validation', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@example.com`);
  it.each([
    ['no from', { from: undefined }, 'missing_required_field', '`from`'],
    ['no to', { to: [] }, 'missing_required_field', '`to`'],
    ['no subject', { subject: undefined }, 'missing_required_field', '`subject`'],
    ['neither html nor text', { html: undefined, text: '' }, 'missing_required_field', '`html` or `text`'],
    ['from that is no address', { from: 'Example Charity' }, 'validation_error', '`from`'],
    ['an address without a domain', { to: 'ada@localhost' }, 'validation_error', '`to`'],
    [
      'a line break in an address',
      { to: 'Ada\r\nBcc: x@example.com <ada@example.com>' },
      'validation_error',
      '`to`',
    ],
    ['51 recipients', { to: many(51) }, 'validation_error', '`to`'],
    ['a bad address in reply_to', { reply_to: 'hello' }, 'validation_error', '`reply_to`'],
    ['a bad address in cc', { cc: [mail.to, 7] }, 'validation_error', '`cc`'],
    ['html that is no string', { html: 1 }, 'validation_error', '`html`'],
    ['a line break in the subject', { subject: 'Hi\nBcc: x' }, 'validation_error', '`subject`'],
    ['a line break in a header', { headers: { 'X-A': 'a\r\nb' } }, 'validation_error', '`headers`'],
    ['a header name with a colon', { headers: { 'X:A': 'a' } }, 'validation_error', '`headers`'],
    ['a tag with a colon', { tags: [{ name: 'gift', value: 'gift:1' }] }, 'validation_error', '`tags`'],
    ['a tag without a value', { tags: [{ name: 'gift' }] }, 'validation_error', '`tags`'],
    ['a misspelt field', { replyTo: mail.to }, 'validation_error', '`replyTo`'],
    ['what is not built', { scheduled_at: 'in 1 hour' }, 'validation_error', '`scheduled_at`'],
    [
      'an attachment without content',
      { attachments: [{ filename: 'a' }] },
      'invalid_attachment',
      '`content`',
    ],
    [
      'an attachment by path',
      { attachments: [{ path: 'https://example.org' }] },
      'invalid_attachment',
      '`path`',
    ],
  ])('refuses %s, naming the field, and takes nothing', async (_, change, name, field) => {
    const { status, body } = await local.post({ ...mail, ...change });
    expect(status).toBe(422);
    expect(body).toEqual({ statusCode: 422, name, message: expect.stringContaining(field) });
    expect(await local.inboxTotal()).toBe(0);
  });

  it.each(['', '{', '[]', 'null', '"text"'])('refuses %j as a body', async (body) => {
    const answer = await local.post(body);
    expect([400, 422]).toContain(answer.status);
    expect(answer.body).toMatchObject({ name: 'validation_error' });
  });

  it('takes 50 recipients, a quoted name and a Chinese name', async () => {
    const { status } = await local.post({
      ...mail,
      to: [...many(49), '"Lam, Ada" <ada@example.com>'],
      from: '示範 <a@example.org>',
    });
    expect(status).toBe(200);
  });
});
