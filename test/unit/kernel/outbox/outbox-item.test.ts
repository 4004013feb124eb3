import { describe, expect, it } from 'vitest';
import { exportMessage, type OutboxMessage, refreshMessage } from '#kernel/outbox/outbox.ts';
import { fromOutboxItem, kindOf, requireKind, toOutboxItem } from '#kernel/outbox/outbox-item.ts';

const createdAt = new Date('2026-11-22T04:00:00Z');
const mail = {
  kind: 'mail',
  key: 'gift-received/pi_1',
  template: 'gift-received',
  paymentId: 'pi_1',
  checkoutId: `chk_${'0'.repeat(32)}`,
  createdAt,
} as const;
const refresh = refreshMessage({ object: 'dispute', objectId: 'du_1', eventId: 'evt_1', createdAt });
const written = exportMessage('exp_1', createdAt);

const common = ['pk', 'sk', 'entity', 'v', 'key', 'createdAt', 'list', 'listOrder'];

describe('the item of a message', () => {
  it.each<[OutboxMessage, string[]]>([
    [mail, ['template', 'paymentId', 'checkoutId']],
    [refresh, ['object', 'objectId', 'eventId']],
    [written, ['exportId']],
  ])('of the kind $kind holds its facts, and the kind follows from them', (message, facts) => {
    const item = toOutboxItem(message);
    expect(Object.keys(item).sort()).toEqual([...common, ...facts].sort());
    expect(kindOf(item)).toBe(message.kind);
    const waits = { sentAt: undefined, stopped: undefined, sentAgainAs: undefined };
    expect(fromOutboxItem(item)).toEqual({ ...message, ...waits });
  });

  it('names what was committed before the kinds were one union', () => {
    expect([refresh.key, written.key]).toEqual(['refresh/dispute/evt_1', 'export/exp_1']);
  });

  it('is refused by the worker of another kind', () => {
    const stored = fromOutboxItem(toOutboxItem(refresh));
    expect(requireKind(stored, 'refresh').objectId).toBe('du_1');
    expect(() => requireKind(stored, 'mail')).toThrow(
      'Message refresh/dispute/evt_1 is of the kind refresh.',
    );
  });
});
