import { describe, expect, it } from 'vitest';
import { type AuditFields, auditEntry } from '#kernel/audit-log/audit-entry.ts';
import { fromAuditEntryItem, toAuditEntryItem } from '#kernel/audit-log/audit-entry-item.ts';

const entry = {
  id: `aud_${'0'.repeat(32)}`,
  actor: 'sub-1',
  action: 'campaign.write',
  object: { kind: 'campaign', id: 'soup-kitchen' },
  before: { goal: 1_000 },
  after: { goal: 2_000 },
  at: new Date('2026-11-30T16:00:00Z'),
} as const;

describe('an audit entry', () => {
  it('stands in the Hong Kong month of its time', () => {
    expect(auditEntry(entry).month).toBe('2026-12');
  });

  it('comes back from the table as it went in', () => {
    const made = auditEntry(entry);
    expect(fromAuditEntryItem(toAuditEntryItem(made))).toEqual(made);
    const created = auditEntry({ ...entry, before: undefined });
    expect(fromAuditEntryItem(toAuditEntryItem(created))).toEqual(created);
  });

  it.each(['name', 'email', 'message', 'receiptName', 'donor', 'note', 'title'])(
    'refuses the field %s, which is on no list',
    (field) => {
      const fields = { [field]: 'x' } as AuditFields;
      expect(() => auditEntry({ ...entry, after: fields })).toThrow(`may not hold the field ${field}`);
      expect(() => auditEntry({ ...entry, before: fields })).toThrow(`may not hold the field ${field}`);
    },
  );

  it.each([
    ['a mail address', 'juniper@example.org'],
    ['a long text', 'x'.repeat(201)],
    ['an object', { name: 'Juniper' }],
    ['a list', ['Juniper']],
  ])('refuses %s in a field that is on the list', (_, value) => {
    // The type refuses these too.
    expect(() => auditEntry({ ...entry, after: { budgets: value } as never })).toThrow('budgets');
  });

  it('names nobody and nothing by a mail address', () => {
    expect(() => auditEntry({ ...entry, actor: 'hazel@example.org' })).toThrow(/mail address/);
    const object = { kind: 'gift', id: 'juniper@example.org' } as const;
    expect(() => auditEntry({ ...entry, object, before: undefined, after: {} })).toThrow(/mail address/);
  });
});
