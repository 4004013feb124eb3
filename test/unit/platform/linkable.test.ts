import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsHiddenMarks, holdsLink } from '#platform/linkable.ts';

const links = [
  'http://evil.example/login verify your card',
  'hxxp evil example',
  'hxxps://evil[.]example',
  'h**p evil',
  'HTTPS:\\\\evil',
  'evil.example',
  'EVIL.EXAMPLE',
  'Ada evil.example/x',
  'evil .example',
  'evil . example',
  'evil. com',
  'x.co',
  'evil.xn--p1ai',
  'пример.испытание',
  '例子.公司',
  '例子。公司',
  'evil。example',
  'evil．example',
  'evil｡example',
  'evil․example',
  'ｅｖｉｌ．ｅｘａｍｐｌｅ',
  'evil(dot)example',
  'evil [.] example',
  'ev\u200bil.\u200dexample',
  'evil\u00ad.\u2060example',
  'evil.\u202eelpmaxe',
  'evil\n.example',
  'evil.exa\nmple',
  'https\n://evil',
  '❤.ws',
  'www evil',
  '//evil',
  '192.168.0.1',
  'ada@example.org',
  'ada＠example',
  'ada [at] example',
  '@ada',
  'tel:999',
  'mailto:a',
  'javascript:alert(1)',
  '2345 6789',
  '+852 2345 6789',
  '852-2345-6789',
  '(02) 345.6789',
  '２３４５６７８９',
  '٢٣٤٥٦٧٨٩',
  '2 3 4 5 6 7 8 9',
  '2345–6789',
  '+44 999',
];

const names = [
  'Ada Lam',
  '林雅達',
  '約翰·史密斯',
  '約翰‧史密斯',
  'J. R. R. Tolkien',
  'J.R.R. Tolkien',
  'Dr. Lam Tai-man, Jr.',
  "Mary-Jane O'Neil",
  'Ada & Bob / Carol',
  'Lam + Chan',
  'Class 3B (1998)',
  'In memory of Grandma: 1950',
  'نور الدين',
  'می‌خواهم',
  'प्रिया क्‍ष',
  'Ирина Петровна',
  'Zoë Ångström',
  'Anonymous no. 12',
  'The 2026 team',
  '👩‍👩‍👧 family ❤️',
  '陳大文…',
  'Lam...',
  'Lam Ltd.',
  'data team',
  'Chan, Tai Man',
];

describe('a name that holds a link, or what is taken for one', () => {
  it.each(links)('is recognised: %j', (text) => {
    expect(holdsLink(text)).toBe(true);
  });

  it.each(names)('a usual name is none: %j', (name) => {
    expect(holdsLink(name)).toBe(false);
  });

  it('is recognised within any words, after a space, in either case and width', () => {
    const wide = (text: string) =>
      text.replaceAll(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(
        fc.constantFrom(...links),
        fc.constantFrom(...names),
        fc.constantFrom(...names),
        (link, a, b) => {
          const within = `${a} ${link} ${b}`;
          expect(holdsLink(within)).toBe(true);
          expect(holdsLink(within.toUpperCase())).toBe(true);
          expect(holdsLink(wide(within))).toBe(true);
        },
      ),
    );
  });

  it('is recognised wherever invisible marks stand in a domain, and whichever dot it has', () => {
    const mark = fc.constantFrom(
      '',
      '\u200b',
      '\u200c',
      '\u200d',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u202e',
      '\u034f',
      '\ufe0f',
    );
    const label = fc.stringMatching(/^[a-z]{2,8}$/);
    const dot = fc.constantFrom('.', '。', '．', '｡', '․', ' .', '[.]', '(dot)');
    fc.assert(
      fc.property(
        label,
        dot,
        label,
        fc.array(mark, { minLength: 20, maxLength: 20 }),
        (one, point, two, marks) => {
          const domain = [...`${one}${point}${two}`].map((char, at) => `${char}${marks[at] ?? ''}`).join('');
          expect(holdsLink(domain)).toBe(true);
        },
      ),
    );
  });

  it('is recognised in any seven digits or more, however they are separated', () => {
    const digit = fc.constantFrom(...'0123456789０９٠٩');
    const between = fc.constantFrom('', ' ', '-', '.', ' - ', '/', '–', ')', '\u200b');
    fc.assert(
      fc.property(fc.array(fc.tuple(digit, between), { minLength: 7, maxLength: 15 }), (parts) => {
        expect(holdsLink(parts.flat().join(''))).toBe(true);
      }),
    );
  });

  it('is looked for in no more time than a text is long', () => {
    for (const text of ['1 '.repeat(6), '1-', '.a', ' .', 'a.', '(', ': ', '1.', '( '].map((part) =>
      part.repeat(5000),
    )) {
      const before = performance.now();
      holdsLink(text);
      expect(performance.now() - before).toBeLessThan(500);
    }
  });
});

describe('marks that nobody sees', () => {
  it.each([
    'Ada\nLam',
    'Ada\u0000',
    'Ada\u202eLam',
    'Ada\u2066Lam',
    '\u200fAda',
    '\u061cAda',
    'Ada\u200bLam',
    'Ada\ufeff',
    'Ada\u00adLam',
    'Ada\u2028Lam',
    'Ada\u200d',
    'Ada \u200c Lam',
    '\u{e0061}Ada',
    'Ada\ud800',
    'ㅤ',
  ])('are recognised: %j', (text) => {
    expect(holdsHiddenMarks(text)).toBe(true);
  });

  it.each(names)('a usual name has none: %j', (name) => {
    expect(holdsHiddenMarks(name)).toBe(false);
  });
});
