import { createHash } from 'node:crypto';
import type { Person } from '../../functions/checkouts/person-item.ts';
import type { PaidCheckout } from '../../functions/gifts/gift.ts';

/** A gift of the demonstration, with the person who gave it. */
export interface DemoGift {
  readonly paid: PaidCheckout;
  readonly person: Person;
  readonly title: string;
}

const seed = 20210318;
/** How many gifts each campaign got in the month, and the amounts they were drawn from (cents). */
const plan = [
  {
    campaign: 'lai-chi-kok-warehouse',
    count: 34,
    amounts: [10_000, 20_000, 30_000, 50_000, 50_000, 100_000],
  },
  { campaign: 'soup-kitchen', count: 14, amounts: [20_000, 40_000, 80_000, 160_000] },
  { campaign: 'education', count: 11, amounts: [25_000, 50_000, 100_000] },
  { campaign: 'emergency-cash', count: 9, amounts: [20_000, 50_000, 75_000] },
] as const;
// Names of nobody: common words, so that no real person is meant.
const names = [
  'Maple',
  'Juniper',
  'Willow',
  'River',
  'Wren',
  'Fern',
  'Robin',
  'Hazel',
  '小明',
  '晴天',
  '阿海',
  '木棉',
];
const days = 35;

/** A month of gifts up to `now`, always the same for the same moment. Oldest first. */
export function demoGifts(now: Date): DemoGift[] {
  const draw = generator(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(draw() * values.length)] as T;
  const gifts = plan.flatMap(({ campaign, count, amounts }) =>
    Array.from({ length: count }, (_, index): DemoGift => {
      const id = createHash('sha256').update(`${campaign}/${index}`).digest('hex').slice(0, 32);
      const name = pick(names);
      const seconds = Math.floor(now.getTime() / 1000 - draw() * days * 86_400);
      const paid: PaidCheckout = {
        checkoutId: `chk_${id}`,
        paymentId: `pi_demo${id.slice(0, 20)}`,
        campaign,
        amount: pick(amounts),
        currency: 'hkd',
        language: /\p{Script=Han}/u.test(name) ? 'zh-HK' : 'en',
        at: new Date(seconds * 1000),
      };
      const person: Person = {
        checkoutId: paid.checkoutId,
        name,
        email: `giver-${id.slice(0, 8)}@example.org`,
        hideName: draw() < 0.2,
        hideAmount: draw() < 0.15,
        message: undefined,
        marketingConsent: undefined,
      };
      return { paid, person, title: campaign };
    }),
  );
  return gifts.sort((a, b) => a.paid.at.getTime() - b.paid.at.getTime());
}

/** A small linear congruential generator (Numerical Recipes' constants): numbers in [0, 1) from a seed. */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
