import { describe, expect, it } from 'vitest';
import { deskPath, readAttempt, writeAttempt } from '#kernel/staff/sign-in.ts';

describe('the page to which a sign-in leads back', () => {
  it.each(['/staff', '/staff/', '/staff?x=1', '/staff/payments?month=2026-11', '/staff/a%20b'])(
    'is %s as it was asked for',
    (path) => {
      expect(deskPath(path)).toBe(path);
    },
  );

  it.each([
    ['another site', 'https://evil.example/staff'],
    ['another site without a scheme', '//evil.example/staff'],
    ['a backslash that browsers read as a slash', '/staff\\..\\evil'],
    ['a page of ours that is not the desk', '/campaigns/education'],
    ['a path that only begins like the desk', '/staffroom'],
    ['a line break', '/staff\nlocation: https://evil.example'],
    ['a space', '/staff /x'],
    ['nothing', ''],
    ['more than a cookie should hold', `/staff/${'x'.repeat(1000)}`],
  ])('is the home of the desk in place of %s', (_, path) => {
    expect(deskPath(path)).toBe('/staff');
  });
});

it('an attempt is read as it was written, until its end and not from then on', () => {
  const until = new Date('2026-11-22T04:10:00Z');
  const attempt = { state: 's', nonce: 'n', verifier: 'v', to: '/staff/payments', until };
  const text = writeAttempt(attempt);
  expect(readAttempt(text, new Date(until.getTime() - 1))).toEqual(attempt);
  expect(readAttempt(text, until)).toBeUndefined();
});
