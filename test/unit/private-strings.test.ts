import { describe, expect, it } from 'vitest';
import { findPrivate } from '../support/private-strings.ts';

const secrets = ['Quentin Featherstone', '歐陽木棉', 'q.featherstone@example.org', '<b>hush'];

function escapeJson(text: string): string {
  return [...text].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

describe('the hunt for private strings', () => {
  it.each<[string, (text: string) => string]>([
    ['as they are', (text) => text],
    ['in capitals', (text) => text.toUpperCase()],
    ['in JSON', (text) => JSON.stringify({ text })],
    ['with JSON escapes', escapeJson],
    ['with decimal HTML entities', (text) => [...text].map((each) => `&#${each.codePointAt(0)};`).join('')],
    [
      'with hexadecimal HTML entities',
      (text) => [...text].map((each) => `&#x${each.codePointAt(0)?.toString(16)};`).join(''),
    ],
    ['with named HTML entities', (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['in an address', encodeURIComponent],
    ['in a form', (text) => new URLSearchParams({ text }).toString()],
    ['in base64', (text) => Buffer.from(text).toString('base64')],
    ['in base64 behind one byte', (text) => Buffer.from(`a${text}z`).toString('base64')],
    ['in base64 behind two bytes', (text) => Buffer.from(`ab${text}yz`).toString('base64url')],
    [
      'in quoted-printable',
      (text) =>
        [...Buffer.from(text)].map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
    ],
  ])('finds them %s', (_, write) => {
    for (const secret of secrets) {
      expect(findPrivate(`before ${write(secret)} after`, secrets), secret).toEqual([secret]);
    }
  });

  it('finds nothing where nothing is', () => {
    expect(
      findPrivate('Quentin gave HK$500. 木棉花 &amp; 歐陽 %20 =3D q.feather@example.org', secrets),
    ).toEqual([]);
  });
});
