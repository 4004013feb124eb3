import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Problem } from '#platform/errors.ts';
import { readCursor, writeCursor } from '#platform/http/cursors.ts';

const place = z.strictObject({ list: z.int(), before: z.optional(z.string()) });
const list = 'ledger 2026-11';
const read = (text: string) => {
  try {
    return readCursor(text, list, place);
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 422, code: 'invalid', errors: [{ pointer: '/cursor' }] });
    return 'refused';
  }
};

describe('a cursor', () => {
  it('is read back in the list that wrote it, and refused in every other', () => {
    const places = fc.record({ list: fc.nat(), before: fc.string() }, { requiredKeys: ['list'] });
    fc.assert(
      fc.property(places, fc.string(), (position, other) => {
        expect(read(writeCursor(list, position))).toEqual(position);
        if (other !== list) expect(read(writeCursor(other, position))).toBe('refused');
      }),
    );
  });

  it('that no page of ours wrote is refused by name, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        expect(read(text)).toBe('refused');
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(read(Buffer.from(JSON.stringify(value)).toString('base64url'))).toBe('refused');
        expect(read(writeCursor(list, value))).toBe('refused');
      }),
    );
  });

  it('is one text alone: no other spelling of it is taken', () => {
    const text = writeCursor(list, { list: 1 });
    for (const other of [
      `${text}=`,
      ` ${text}`,
      `${text}!`,
      `${text}\n`,
      `${text.slice(0, -1)}`,
      'z'.repeat(1500),
    ]) {
      expect(read(other), other).toBe('refused');
    }
    expect(read('A'.repeat(100_000))).toBe('refused');
  });
});
