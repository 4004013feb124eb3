import { describe, expect, it } from 'vitest';
import { type FundMonth, noFigures } from '#accounting/funds/fund-month.ts';
import { publicMoney } from '#accounting/funds/public-money.ts';
import { moneyCsv } from '#giving/money-page/money-csv.ts';

const october: FundMonth = {
  ...noFigures(),
  slug: 'a',
  month: '2026-10',
  cashMissing: 0,
  feesBorneBy: 'receiver',
  received: 5,
  refunded: 123_456,
};
const view = publicMoney(
  { months: [october], shown: [], givenOut: 0, coverage: undefined },
  '2026-11',
  new Date('2026-11-22T00:00:00Z'),
);

describe('the table for spreadsheets', () => {
  it('is UTF-8 with its mark, a line a month, in dollars; a month that is not shown says so', () => {
    const text = moneyCsv(view, 'en');
    expect(text.startsWith('\uFEFF"Month","From earlier books","Received"')).toBe(true);
    const [, one, two] = text.split('\r\n');
    expect(one).toBe('"2026-10",0.00,0.05,0.00,1234.56,0.00,0.00,0.00,0.00,0.00,"receiver",0.00,-1234.51');
    expect(two).toBe(
      '"2026-11",0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,"receiver","shown later",-1234.51',
    );
    expect(moneyCsv(view, 'zh-HK')).toContain('稍後公布');
  });
});
