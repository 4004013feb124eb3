import { describe, expect, it } from 'vitest';
import { hasSessionEnded, isNewlySeen, isRenewalDue, type Session } from '#kernel/staff/session.ts';
import { fromSessionItem, toSessionItem } from '#kernel/staff/session-item.ts';
import { CorruptItem } from '#platform/errors.ts';

const start = new Date('2026-11-22T04:00:00Z');
const later = (minutes: number, milliseconds = 0) =>
  new Date(start.getTime() + minutes * 60_000 + milliseconds);
const session: Session = {
  id: 'ses_0123456789abcdef0123456789abcdef',
  actor: { id: 'staff_finance', roles: ['finance', 'door'] },
  name: 'Hazel',
  csrf: 'a-token',
  createdAt: start,
  seenAt: start,
  renewedAt: start,
};

describe('a session', () => {
  it('is idle after thirty minutes, to the millisecond', () => {
    expect(hasSessionEnded(session, later(30, -1))).toBe(false);
    expect(hasSessionEnded(session, later(30))).toBe(true);
  });

  it('is over after eight hours, whenever it was last seen', () => {
    const busy = { ...session, seenAt: later(479) };
    expect(hasSessionEnded(busy, later(480, -1))).toBe(false);
    expect(hasSessionEnded(busy, later(480))).toBe(true);
  });

  it('is renewed an hour after the issuer last spoke of it', () => {
    expect(isRenewalDue(session, later(60, -1))).toBe(false);
    expect(isRenewalDue(session, later(60))).toBe(true);
    expect(isRenewalDue({ ...session, renewedAt: later(60) }, later(119))).toBe(false);
  });

  it('is seen anew once a minute', () => {
    expect(isNewlySeen(session, later(1, -1))).toBe(false);
    expect(isNewlySeen(session, later(1))).toBe(true);
  });
});

describe('the item of a session', () => {
  const item = toSessionItem({ session, sealedTokens: 'sealed' });

  it('is read as it was written, and ends with the session', () => {
    expect(fromSessionItem(item)).toEqual({ session, sealedTokens: 'sealed' });
    expect(item).toMatchObject({ pk: `session#${session.id}`, sk: 'session', entity: 'session', v: 1 });
    expect(item.ttl).toBe(later(480).getTime() / 1000);
  });

  it.each([
    ['actor', { id: 'x', roles: ['emperor'] }],
    ['actor', 'staff_finance'],
    ['csrf', undefined],
    ['seenAt', 'yesterday'],
    ['sealedTokens', 7],
  ])('names its field "%s" when that is not as it was written', (field, value) => {
    expect(() => fromSessionItem({ ...item, [field]: value })).toThrow(CorruptItem);
  });
});
