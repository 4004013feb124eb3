import { describe, expect, it } from 'vitest';
import { type FundMonth, noFigures } from '#accounting/funds/fund-month.ts';
import { publicMoney } from '#accounting/funds/public-money.ts';
import { headlineOf } from '#giving/money-page/headline.ts';

const coverage = { money: 1_000_000, held: 500_000, feesNotDue: 0 };

/** A fund with one month, and what its page says first. */
function headline(figures: Partial<FundMonth>, whole: typeof coverage | 'not-added-up' = coverage) {
  const added = whole === 'not-added-up' ? undefined : whole;
  const month = {
    ...noFigures(),
    slug: 'a',
    month: '2026-01',
    cashMissing: 0,
    feesBorneBy: 'receiver' as const,
    ...figures,
  };
  const money = publicMoney(
    { months: [month], shown: [], givenOut: 0, coverage: added },
    '2026-01',
    new Date('2026-01-20T04:00:00Z'),
  );
  return headlineOf(money, added);
}

describe('the first sentence of the money page', () => {
  it('says what came in, and what of it was paid out and waits', () => {
    expect(headline({ received: 6_600_000, suppliers: { rent: 528_000 } })).toMatchObject({
      cameIn: 6_600_000,
      paidOut: 528_000,
      waits: 6_072_000,
      paidOutPercent: 8,
    });
  });

  it.each([
    ['a first dollar', 100, 1],
    ['all but a dollar', 999_900, 99],
    ['all', 1_000_000, 100],
    ['nothing', 0, 0],
  ])('says of %s what is true and no more', (_, rent, paidOutPercent) => {
    expect(headline({ received: 1_000_000, suppliers: { rent } }).paidOutPercent).toBe(paidOutPercent);
  });

  it('gives no percentage where more was paid out than came in, or nothing came in', () => {
    expect(headline({ received: 100, suppliers: { rent: 200 } }).paidOutPercent).toBeUndefined();
    expect(headline({}).paidOutPercent).toBeUndefined();
  });

  it('divides the fees between donors and the receiver, to the cent', () => {
    const { fees } = headline({ received: 1_000_000, fees: 41_300, cover: 11_300 });
    expect(fees).toEqual({ all: 41_300, cover: 11_300, byFund: 0, byReceiver: 30_000, receiver: 'paid' });
  });

  it('lets the receiver bear nothing where donors added more than the fees', () => {
    expect(headline({ received: 1_000_000, fees: 100, cover: 300 }).fees.byReceiver).toBe(0);
  });

  it('says what the fund itself bore, which came in and could not be paid out', () => {
    const one = headline({ received: 1_000_000, fees: 50_000, cover: 10_000, feesBorneBy: 'fund' });
    expect(one).toMatchObject({ cameIn: 1_000_000, waits: 960_000, paidOutPercent: 0 });
    expect(one.fees).toMatchObject({ byFund: 40_000, byReceiver: 0 });
  });

  it.each([
    ['not-due', { money: 480_000, held: 500_000, feesNotDue: 20_000 }],
    ['missing', { money: 470_000, held: 500_000, feesNotDue: 20_000 }],
    ['missing', 'not-added-up'],
    ['paid', { money: 500_000, held: 500_000, feesNotDue: 0 }],
  ] as const)('says that the receiver’s share is %s', (receiver, whole) => {
    expect(headline({ fees: 100 }, whole).fees.receiver).toBe(receiver);
  });
});
