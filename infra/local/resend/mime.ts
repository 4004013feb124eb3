import { createHash } from 'node:crypto';
import type { Mailbox } from './address.ts';
import type { Attachment } from './attachments.ts';
import type { Email } from './email.ts';

/** A header's name and its value as written in the message (RFC 2047 where it is not ASCII). */
export type HeaderLine = readonly [name: string, value: string];

/** The headers of an email's source. Bcc stands in none of them, as in any delivered mail. */
export function headerLines(email: Email, messageId: string, date: Date): HeaderLine[] {
  const addresses: [string, readonly Mailbox[]][] = [
    ['From', [email.from]],
    ['To', email.to],
    ['Cc', email.cc],
    ['Reply-To', email.replyTo],
  ];
  return [
    ...addresses
      .filter(([, list]) => list.length > 0)
      .map(([name, list]): HeaderLine => [name, list.map(mailboxText).join(', ')]),
    ['Subject', encodeWords(email.subject)],
    ['Message-ID', `<${messageId}>`],
    ['Date', date.toUTCString().replace('GMT', '+0000')],
    ['MIME-Version', '1.0'],
    ...Object.entries(email.headers).map(([name, value]): HeaderLine => [name, encodeWords(value)]),
  ];
}

/** The whole message in Internet Message Format (RFC 5322 and 2045), lines ended by CR LF. */
export function source(email: Email, headers: readonly HeaderLine[]): string {
  const bodies = [
    ...(email.text === null ? [] : [textPart('text/plain', email.text)]),
    ...(email.html === null ? [] : [textPart('text/html', email.html)]),
  ];
  const content = multipart('alternative', bodies);
  const whole =
    email.attachments.length === 0
      ? content
      : multipart('mixed', [content, ...email.attachments.map(filePart)]);
  return `${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}${whole}`;
}

function mailboxText({ Name, Address }: Mailbox): string {
  if (!Name) return Address;
  const name = /^[\x20-\x7e]*$/.test(Name) ? `"${Name.replace(/["\\]/g, '\\$&')}"` : encodeWords(Name);
  return `${name} <${Address}>`;
}

// An encoded word may have 75 characters, and must not cut a character in two: 12 characters are at most 48 bytes.
function encodeWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  const characters = Array.from(text);
  for (let start = 0; start < characters.length; start += 12) {
    const bytes = Buffer.from(characters.slice(start, start + 12).join(''), 'utf8');
    words.push(`=?UTF-8?B?${bytes.toString('base64')}?=`);
  }
  return words.join('\r\n ');
}

function textPart(type: string, text: string): string {
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapBase64(Buffer.from(text, 'utf8'))}`;
}

function filePart({ filename, contentType, contentId, content }: Attachment): string {
  const id = contentId ? `Content-ID: <${contentId}>\r\n` : '';
  const disposition = `Content-Disposition: ${contentId ? 'inline' : 'attachment'}; filename="${encodeWords(filename)}"\r\n`;
  return `Content-Type: ${contentType}\r\n${disposition}${id}Content-Transfer-Encoding: base64\r\n\r\n${wrapBase64(content)}`;
}

function multipart(kind: 'alternative' | 'mixed', parts: readonly string[]): string {
  // Parts are base64, so a boundary with an underscore cannot stand in one; the hash keeps nested boundaries apart.
  const boundary = `part_${createHash('sha256').update(kind).update(parts.join()).digest('hex').slice(0, 24)}`;
  const inner = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${inner}--${boundary}--\r\n`;
}

function wrapBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
}
