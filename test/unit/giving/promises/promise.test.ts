import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drawReference,
  dueOf,
  lapseAfter,
  openWays,
  type PromisedGift,
  readReference,
  remindAfter,
  shownReference,
} from '#giving/promises/promise.ts';

const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a reference', () => {
  it('is read as it was drawn, with blanks, hyphens or full-width digits', () => {
    fc.assert(
      fc.property(draw, (drawn) => {
        const reference = drawReference(drawn);
        expect(reference).toMatch(/^\d{8}$/);
        const wide = reference.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
        for (const typed of [
          reference,
          shownReference(reference),
          ` ${reference.slice(0, 2)}-${reference.slice(2)}`,
          wide,
        ]) {
          expect(readReference(typed)).toBe(reference);
        }
      }),
    );
  });

  it('with one digit mistyped, or two neighbours swapped, is none', () => {
    fc.assert(
      fc.property(draw, fc.nat({ max: 7 }), fc.integer({ min: 1, max: 9 }), (drawn, place, more) => {
        const digits = [...drawReference(drawn)];
        const other = [...digits];
        other[place] = String((Number(other[place]) + more) % 10);
        expect(readReference(other.join(''))).toBeUndefined();
        const next = (place + 1) % 8;
        if (next === 0 || digits[place] === digits[next]) return;
        const swapped = [...digits];
        [swapped[place], swapped[next]] = [digits[next] ?? '', digits[place] ?? ''];
        expect(readReference(swapped.join(''))).toBeUndefined();
      }),
    );
  });

  it.each(['', '4827', '48271953123', 'abcdefgh', '4827195x'])('%s is none', (typed) => {
    expect(readReference(typed)).toBeUndefined();
  });
});

describe('a promise', () => {
  const madeAt = new Date('2026-11-01T04:00:00Z');
  const promise: PromisedGift = {
    reference: drawReference(0.5),
    checkoutId: 'chk_1',
    fund: 'education',
    amount: 50_000,
    way: 'fps',
    madeAt,
    state: 'open',
  };
  const at = (milliseconds: number) => new Date(madeAt.getTime() + milliseconds);

  it('is reminded of once after a week, and lapses after four', () => {
    expect(dueOf(promise, at(remindAfter - 1))).toBeUndefined();
    expect(dueOf(promise, at(remindAfter))).toBe('remind');
    expect(dueOf({ ...promise, remindedAt: at(remindAfter) }, at(lapseAfter - 1))).toBeUndefined();
    expect(dueOf(promise, at(lapseAfter))).toBe('lapse');
    expect(dueOf({ ...promise, state: 'received' }, at(lapseAfter))).toBeUndefined();
  });

  it('can be paid by the ways that are configured, in one order', () => {
    const payee = 'A Society';
    expect(openWays({ otherWays: { cheque: { payee }, fps: { id: '1234567', payee } } })).toEqual([
      'fps',
      'cheque',
    ]);
    expect(openWays({})).toEqual([]);
  });
});
