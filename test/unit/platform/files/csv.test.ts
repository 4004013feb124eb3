import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLines, dollars, plainText } from '#platform/files/csv.ts';
import { parseCsv } from '../../../support/csv.ts';

/** Takes the apostrophe away that makes a cell plain text. */
const unguarded = (cell: string) =>
  cell.startsWith("'") && plainText(cell.slice(1)) === cell ? cell.slice(1) : cell;
const wild = fc.string({
  unit: fc.constantFrom(...'=+-@＝＋－＠\'"\t\r\n ,;a5施　'.split('')),
  maxLength: 8,
});

describe('a CSV file for spreadsheets', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+852', "'+852"],
    ['-cmd', "'-cmd"],
    ['-5', "'-5"],
    ['@x', "'@x"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ["'=1", "''=1"],
    ['O’Neil', 'O’Neil'],
    ["'n Sync", "'n Sync"],
    ['施 - 小姐', '施 - 小姐'],
    ['', ''],
  ])('writes the text %j so that no spreadsheet runs it', (text, cell) => {
    expect(plainText(text)).toBe(cell);
  });

  it('writes any text so that it begins no formula and is read back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(wild, fc.string()), { minLength: 1, maxLength: 4 }), { minLength: 1 }),
        (rows) => {
          const cells = parseCsv(csvLines(rows));
          expect(cells.flat().filter((cell) => /^[=+\-@＝＋－＠\t\r\n]/.test(cell))).toEqual([]);
          expect(cells.map((row) => row.map(unguarded))).toEqual(rows);
        },
      ),
    );
  });

  it('writes an amount to the cent, a minus sign as it is', () => {
    expect(csvLines([[dollars(-123_450), dollars(0), dollars(5), dollars(50_000)]])).toBe(
      '-1234.50,0.00,0.05,500.00\r\n',
    );
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (amount) => {
        expect(BigInt(dollars(amount).decimal.replace('.', ''))).toBe(BigInt(amount));
      }),
    );
  });

  it('quotes every text, also an empty one, and no number', () => {
    expect(csvLines([['a,b', 'say "hi"', 'x\ny', 'z\r', 'plain', '', '1-2', dollars(-5)]])).toBe(
      '"a,b","say ""hi""","x\ny","z\r","plain","","1-2",-0.05\r\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(wild, fc.string()), { minLength: 1 }), (row) => {
        const quoted = row.map((text) => `"${plainText(text).replaceAll('"', '""')}"`);
        expect(csvLines([row])).toBe(`${quoted.join()}\r\n`);
      }),
    );
  });
});
