import { describe, expect, it } from 'vitest';
import { type Export, filenameOf, isFree, shownState } from '#accounting/exports/export.ts';

const now = new Date('2026-11-22T12:00:00Z');
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const anExport = (changes: Partial<Export> = {}): Export => ({
  id: `exp_${'0'.repeat(32)}`,
  kind: 'gifts',
  from: '2026-10',
  to: '2026-11',
  campaign: undefined,
  people: false,
  askedBy: 'sub-1',
  askedAt: now,
  state: 'asked',
  attempts: 0,
  runningUntil: undefined,
  reason: undefined,
  file: undefined,
  ...changes,
});

describe('an export', () => {
  it.each<[string, Partial<Export>, boolean]>([
    ['asked for', {}, true],
    ['being written', { state: 'running', runningUntil: later(1) }, false],
    ['left by its writer', { state: 'running', runningUntil: now }, true],
    ['done', { state: 'done' }, false],
    ['given up', { state: 'failed' }, false],
  ])('that is %s may be begun: only when nobody writes it', (_what, changes, expected) => {
    expect(isFree(anExport(changes), now)).toBe(expected);
  });

  it('is expired seven days after it was written, and no state else ever is', () => {
    const file = { rows: 1, bytes: 1, sha256: '', writtenAt: now };
    const week = 7 * 24 * 3_600_000;
    expect(shownState(anExport({ state: 'done', file }), later(week - 1))).toBe('done');
    expect(shownState(anExport({ state: 'done', file }), later(week))).toBe('expired');
    for (const state of ['asked', 'running', 'failed'] as const) {
      expect(shownState(anExport({ state }), later(2 * week))).toBe(state);
    }
  });

  it('has a file that is named after what is in it', () => {
    expect(filenameOf(anExport())).toBe('tideover-gifts-2026-10-to-2026-11.csv');
    expect(filenameOf(anExport({ kind: 'ledger', from: '2026-11', campaign: 'education' }))).toBe(
      'tideover-ledger-2026-11-education.csv',
    );
  });
});
