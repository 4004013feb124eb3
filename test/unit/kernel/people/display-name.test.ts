import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameWaits } from '#kernel/people/display-name.ts';
import { fromPersonItem, toPersonItem } from '#kernel/people/person-item.ts';
import { aCheckout, aPerson } from '../../../support/payments.ts';

describe('a name for the page', () => {
  it.each([
    'CHEAP-PILLS https://spam.example/x',
    'www.spam.example',
    'spam。example',
    'pills at spam [dot] example',
    'write to me@spam.example',
    '@cheap_pills',
    'WhatsApp +852 5555 0199',
    'call 5555 0199',
    'tel:55550199',
    '加微信 55550199',
    'Z̶̧̛͎͚̪̠a̷̢͚͖l̵̡͔g̸̢̛o̵',
    'ก็็็็็',
    'Ju\u200bniper',
    'Juniper\u200f',
    '\u2066Juniper',
    '\ufeffJuniper',
  ])('%j waits until a person has read it', (name) => {
    expect(nameWaits(name)).toBe(true);
  });

  it.each([
    'Juniper',
    'Ms. A. Example',
    "Seán O'Neill-Müller",
    'Nguyễn Thị Hồng',
    '陳大文',
    '約翰·史密斯',
    'Class 4B of 2026',
    'שָׁלוֹם',
    'مُحَمَّد',
    'เกี๊ยวน้ำ',
    'क्ष्म्य',
    'မြွှာ',
    'མཆོག་གྲུབ',
    '👩‍👩‍👧 family',
    '❤️',
    'ثریا\u200cبانو',
  ])('%j stands there at once', (name) => {
    expect(nameWaits(name)).toBe(false);
  });

  it('waits with three accents on one letter, whatever they are', () => {
    const accent = fc.integer({ min: 0x300, max: 0x36f }).map((code) => String.fromCodePoint(code));
    fc.assert(
      fc.property(fc.array(accent, { minLength: 5, maxLength: 20 }), (accents) => {
        expect(nameWaits(`Juniper x${accents.join('')}`)).toBe(true);
      }),
    );
  });

  it('keeps what was decided about it, and is judged when it is written', () => {
    const stored = (changes: object) =>
      fromPersonItem(toPersonItem(aPerson(aCheckout(1), changes))).nameState;
    expect(stored({ displayName: 'Juniper' })).toBe('approved');
    expect(stored({ displayName: 'spam.example' })).toBe('waiting');
    expect(stored({ displayName: 'spam.example', nameState: 'approved' })).toBe('approved');
    expect(stored({ displayName: 'Juniper', nameState: 'refused' })).toBe('refused');
    expect(stored({ displayName: undefined })).toBeUndefined();
  });
});
