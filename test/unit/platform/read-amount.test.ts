import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, formatMoneyShort, largestPayment } from '#platform/money.ts';
import { type AmountFault, readAmount } from '#platform/read-amount.ts';

describe('an amount that a person typed', () => {
  it.each([
    ['500', 50_000],
    ['500.', 50_000],
    ['.50', 50],
    ['500.00', 50_000],
    ['500.5', 50_050],
    ['1,600', 160_000],
    ['1,234.50', 123_450],
    ['1,234,567', 123_456_700],
    ['0500', 50_000],
    [' 0.07 ', 7],
    ['999,999.99', largestPayment],
    ['HK$4.50', 450],
    ['hk$ 4.5', 450],
    ['HK $500', 50_000],
    ['HK$ 500', 50_000],
    ['HKD 500', 50_000],
    ['HKD500', 50_000],
    ['HKD$500', 50_000],
    ['HK$500 HKD', 50_000],
    ['500 HKD', 50_000],
    ['500HK$', 50_000],
    ['$20', 2_000],
    ['$ 20', 2_000],
    ['港幣500', 50_000],
    ['港幣 500 元正', 50_000],
    ['500元', 50_000],
    ['500 圓', 50_000],
    ['500蚊', 50_000],
    ['500港元', 50_000],
    ['５００', 50_000],
    ['５００。５', 50_050],
    ['１，２３４．５０', 123_450],
    ['＄１，６００．５', 160_050],
    ['\u00a0HK$\u00a0500\u00a0', 50_000],
    ['\u202a500\u202c', 50_000],
    ['\ufeff5\u200b00', 50_000],
    ['\u20665\u00ad00\u2069', 50_000],
    ['HK$\u2009500\n', 50_000],
    ['500\t', 50_000],
    ['12345678', 1_234_567_800],
    ['9'.repeat(40), Number.MAX_SAFE_INTEGER],
  ])('%j is read to the cent', (text, cents) => {
    expect(readAmount(text)).toEqual({ cents });
  });

  it.each<[string, AmountFault]>([
    ['', 'empty'],
    [' \u200b\u00a0', 'empty'],
    ['500 500', 'two-numbers'],
    ['1 000', 'two-numbers'],
    ['1\u00a0000.50', 'two-numbers'],
    ['5 00', 'two-numbers'],
    ['500-1000', 'two-numbers'],
    ['500 / 600', 'two-numbers'],
    ['HK$500 HK$600', 'two-numbers'],
    ['500, 600', 'two-numbers'],
    ['500元600元', 'two-numbers'],
    ["1'000", 'two-numbers'],
    ['1.234,50', 'comma'],
    ['1,23', 'comma'],
    ['1,60', 'comma'],
    ['1,2345', 'comma'],
    ['12,34,567', 'comma'],
    ['0,500', 'comma'],
    [',500', 'comma'],
    ['500,', 'comma'],
    ['500.005', 'decimals'],
    ['4.505', 'decimals'],
    ['1.234', 'decimals'],
    ['-500', 'negative'],
    ['−500', 'negative'],
    ['－５００', 'negative'],
    ['HK$-500', 'negative'],
    ['-HK$500', 'negative'],
    ['(500)', 'negative'],
    ['US$5', 'other-currency'],
    ['NT$500', 'other-currency'],
    ['500 USD', 'other-currency'],
    ['€500', 'other-currency'],
    ['£5', 'other-currency'],
    ['￥500', 'other-currency'],
    ['人民幣500', 'other-currency'],
    ['500 RMB', 'other-currency'],
    ['5e2', 'no-number'],
    ['0x1F4', 'no-number'],
    ['+5', 'no-number'],
    ['五百', 'no-number'],
    ['1萬', 'no-number'],
    ['500k', 'no-number'],
    ['5²', 'no-number'],
    ['٥٠٠', 'no-number'],
    ['1.2.3', 'no-number'],
    ['.', 'no-number'],
    ['$', 'no-number'],
    ['元', 'no-number'],
    ['500元元', 'no-number'],
    ['NaN', 'no-number'],
    ['Infinity', 'no-number'],
    ['a lot', 'no-number'],
  ])('%j is refused with the reason that holds: %s', (text, fault) => {
    expect(readAmount(text)).toEqual({ fault });
  });

  const cents = fc.integer({ min: 0, max: largestPayment });
  it('is read back from every way in which it is written, whatever the amount', () => {
    fc.assert(
      fc.property(cents, fc.constantFrom('', '\u00a0', '\u200b', ' '), (amount, around) => {
        const written = [
          formatMoney(amount, 'hkd'),
          formatMoneyShort(amount, 'hkd'),
          formatMoney(amount, 'hkd').replaceAll(',', ''),
          formatMoney(amount, 'hkd').replace('HK$', 'HKD '),
          `${formatMoney(amount, 'hkd').replace('HK$', '')}元`,
          formatMoney(amount, 'hkd').replaceAll(/[!-~]/g, (each) =>
            String.fromCharCode(each.charCodeAt(0) + 0xfee0),
          ),
        ];
        for (const each of written) expect(readAmount(around + each + around)).toEqual({ cents: amount });
      }),
    );
  });

  it('is never read from what shows two numbers', () => {
    const digits = fc.stringMatching(/^\d{1,6}$/);
    const between = fc.constantFrom(
      ' ',
      '\u00a0',
      '  ',
      '-',
      '/',
      ' + ',
      ' and ',
      '元',
      ' HK$',
      ';',
      '\n',
      '..',
      ', ',
      '、',
    );
    fc.assert(
      fc.property(digits, between, digits, (one, gap, two) => {
        expect(readAmount(one + gap + two)).toHaveProperty('fault');
      }),
    );
  });

  it('is nothing but its own digits, whatever is typed', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789.,  $HKD元-e'), maxLength: 12 });
    fc.assert(
      fc.property(typed, (text) => {
        const read = readAmount(text);
        if (!('cents' in read)) return;
        const digits = text.replaceAll(/[^\d.]/g, '');
        expect(read.cents).toBe(Math.round(Number(digits.replace(/\.$/, '')) * 100));
      }),
      { numRuns: 2000 },
    );
  });
});
