import { describe, expect, it } from 'vitest';
import { levelOf, progressOf } from '#apps/mailer/gift-received-facts.ts';
import { greetingName } from '#kernel/people/display-name.ts';
import { decidePayment } from '#payments/payment/payment.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';
import { standIn } from '../../../support/stand-in.ts';

describe('a mail greets', () => {
  it.each([
    ['Ada Lam', 'Ada Lam'],
    ['  Ada   Lam ', 'Ada Lam'],
    ['林雅達', '林雅達'],
    ['נועה לוי', 'נועה לוי'],
    ['J. R. R. Tolkien', 'J. R. R. Tolkien'],
  ])('%j as %j', (name, greeted) => {
    expect(greetingName(name)).toBe(greeted);
  });

  it.each([
    'http://evil.example/login verify your card',
    'evil.example',
    'evil .example',
    'evil。example',
    'ev\u200bil.example',
    'hxxp evil',
    '@evil',
    'ada@example.org',
    'Call 2345 6789',
    'Ada\nLam',
    'Ada\u202eLam',
    'A\u0336\u0336\u0336\u0336da',
    ' ',
  ])('%j without a name', (name) => {
    expect(greetingName(name)).toBeUndefined();
  });
});

describe('what a gift does', () => {
  const levels = [10_000, 50_000, 100_000].map((amount) => ({
    amount,
    text: { en: `${amount}`, 'zh-HK': '' },
  }));
  it.each([
    [9_999, undefined],
    [10_000, 10_000],
    [70_000, 50_000],
    [9_999_999, 100_000],
  ])('%i is described by the level next below it', (amount, level) => {
    expect(levelOf({ levels }, amount)?.amount).toBe(level);
    expect(levelOf({ levels: [...levels].reverse() }, amount)?.amount).toBe(level);
  });
});

describe('how far a campaign is', () => {
  const { payment: gift } = decidePayment(paidCheckout({ amount: 50_000 }));
  const fund = (raised: number, goal: number) =>
    ({ raised, month: undefined, campaign: { target: { kind: 'fund', goal } } }) as Parameters<
      typeof progressOf
    >[1];

  it('is given with the gift and without it', () => {
    expect(progressOf(gift, fund(600_000, 1_000_000))).toEqual({
      reached: 'HK$6,000',
      aim: 'HK$10,000',
      before: 55,
      after: 60,
    });
  });

  it('counts the net amount of a gift, and nothing of one that is fully reversed', () => {
    expect(progressOf({ ...gift, refunded: 20_000 }, fund(600_000, 1_000_000))).toMatchObject({ before: 57 });
    expect(progressOf({ ...gift, refunded: 50_000 }, fund(600_000, 1_000_000))).toBeUndefined();
  });

  it('never begins below nothing, and says nothing without an aim', () => {
    expect(progressOf(gift, fund(10_000, 1_000_000))).toMatchObject({ before: 0, after: 1 });
    expect(progressOf(gift, fund(10_000, 0))).toBeUndefined();
  });

  it('of another month than the gift’s is left out: the gift did not change it', () => {
    const month = { month: '2020-01', raised: 1, carriedOver: 0, budget: 1_000_000 };
    const view = standIn<Parameters<typeof progressOf>[1]>({ ...fund(0, 1), month });
    expect(progressOf(gift, view)).toBeUndefined();
    const own = { ...view, month: { ...month, month: gift.month, raised: 100_000 } } as typeof view;
    expect(progressOf(gift, own)).toMatchObject({ before: 5, after: 10, aim: 'HK$10,000' });
  });
});
