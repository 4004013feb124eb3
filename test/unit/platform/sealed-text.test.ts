import { expect, it } from 'vitest';
import { seal, unseal } from '#platform/sealed-text.ts';

const secret = 'a secret of at least 128 random bits';

it('a sealed text is read with its secret and for its purpose alone, and differs each time', () => {
  const sealed = seal('Größe 漢字', secret, 'tokens');
  expect(unseal(sealed, secret, 'tokens')).toBe('Größe 漢字');
  expect(unseal(sealed, `${secret}x`, 'tokens')).toBeUndefined();
  expect(unseal(sealed, secret, 'other')).toBeUndefined();
  expect(seal('Größe 漢字', secret, 'tokens')).not.toBe(sealed);
  expect(sealed).not.toContain('Größe');
});

it('a sealed text that was changed anywhere is not read', () => {
  const sealed = seal('tokens', secret, 'tokens');
  for (let at = 0; at < sealed.length - 1; at += 1) {
    const other = sealed[at] === 'A' ? 'B' : 'A';
    expect(
      unseal(sealed.slice(0, at) + other + sealed.slice(at + 1), secret, 'tokens'),
      String(at),
    ).toBeUndefined();
  }
  for (const text of ['', '.', 'a', 'a.b', `${sealed}.x`.slice(0, 20)]) {
    expect(unseal(text, secret, 'tokens')).toBeUndefined();
  }
});
