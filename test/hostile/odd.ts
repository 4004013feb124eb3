import fc from 'fast-check';

/** Texts that programs stumble over. */
const famous = [
  '',
  ' ',
  '.',
  '..',
  '../../etc/passwd',
  '%',
  '%00',
  '%zz',
  '%2e%2e%2f',
  '%c3%28',
  '\0',
  '\ud800',
  '\ufeff',
  '\u202egnp.exe',
  '荔枝角貨倉',
  '👩‍👩‍👧‍👦',
  'é'.normalize('NFD'),
  'a'.repeat(61),
  'a'.repeat(3000),
  '荔'.repeat(1500),
  '#',
  'a#b',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]',
  '0',
  '-1',
  '1.5',
  '1e309',
  '0x10',
  '٣',
  '９９',
  '99999999999999999999',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '{{7*7}}<%= 7*7 %>',
  'javascript:alert(1)',
  'two\r\nx-evil: 1',
  '2026-11',
  '2026-13',
  '0000-01',
  '9999-12',
  '10000-01',
  '2026-11-31T25:61:61Z',
  '9999-12-31T23:59:59-12:00',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  'zephyr@example.org',
  'a@b',
  'W10=',
  'bnVsbA==',
  'WyIyMDI2LTExIixudWxsLDBd',
  'WyI5OTk5LTEyIiwiYSIsOTk5OTk5OTk5XQ',
  'eyJhIjp7fX0',
];

/** Any text that a stranger may put anywhere. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...famous) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('z', '%', '9', '荔', '=', '/'),
        fc.constantFrom(255, 1025, 1500, 2049, 3000, 5000),
      )
      .map(([letter, length]) => letter.repeat(length)),
  },
  {
    weight: 1,
    arbitrary: fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
  },
);

/** Any value that a stranger may put into JSON. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: oddText },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      0,
      -0,
      -1,
      1,
      0.5,
      399,
      400,
      50_000,
      99_999_999,
      100_000_000,
      2 ** 31,
      2 ** 53,
      -(2 ** 53),
      1e21,
      1e308,
      [],
      {},
      [null],
      [[[[]]]],
      { length: 3 },
      { toString: 1 },
      JSON.parse('{"__proto__":{"admin":true}}'),
      { constructor: { prototype: { admin: true } } },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** What API Gateway lets through in a header: one line without control characters. */
export const headerText: fc.Arbitrary<string> = oddText.map((text) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.toWellFormed().replaceAll(/[\u0000-\u001f\u007f]/g, ''),
);
