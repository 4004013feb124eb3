import { createHash } from 'node:crypto';
import type { Person } from '../../functions/checkouts/person-item.ts';
import type { PaidCheckout } from '../../functions/gifts/gift.ts';
import type { Language } from '../../functions/platform/charity.ts';

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
/** Words of the same nobodies, in the language of their name. */
const wordsIn = {
  en: [
    'For everybody who sorts and carries. Thank you.',
    'Small, but every month has a first day. Keep going!',
    'You helped my neighbour when nobody else had time.',
    'From our reading circle, with warm regards.',
    'May there soon be more shelves than boxes.',
  ],
  'zh-HK': [
    '雖然不多，但希望幫得上忙。加油！',
    '多謝各位一直以來的堅持。',
    '願每個家庭都有一個安穩的落腳點。',
    '與同事們一起湊的，請收下我們的心意。',
    '天氣轉涼了，請大家保重。',
  ],
} as const;

/** Every third gift came with words; of those, the sixth waits for a decision. */
function wordsOf(index: number, language: Language): Pick<Person, 'message' | 'messageState'> {
  if (index % 3 !== 0) return { message: undefined };
  return { message: wordsIn[language][index % 5], messageState: index === 15 ? undefined : 'approved' };
}

/** Gifts up to `now`: a month of all campaigns, half a year of one, always the same for the same moment. Oldest first. */
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
        cover: 0,
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
        ...wordsOf(index, paid.language),
        marketingConsent: undefined,
      };
      return { paid, person, title: campaign };
    }),
  );
  return [...gifts, ...earlierGifts(now)].sort((a, b) => a.paid.at.getTime() - b.paid.at.getTime());
}

/** Gifts of the months before, so that the page about a campaign's money has something to tell. */
function earlierGifts(now: Date): DemoGift[] {
  const campaign = 'emergency-cash';
  const amounts = [30_000, 50_000, 75_000, 20_000, 60_000, 45_000];
  return Array.from({ length: 4 * amounts.length }, (_, index): DemoGift => {
    const id = createHash('sha256').update(`earlier/${index}`).digest('hex').slice(0, 32);
    const name = names[index % names.length] as string;
    const days = 40 + Math.floor(index / amounts.length) * 30 + (index % amounts.length) * 4;
    const paid: PaidCheckout = {
      checkoutId: `chk_${id}`,
      paymentId: `pi_demo${id.slice(0, 20)}`,
      campaign,
      amount: amounts[(index + Math.floor(index / 5)) % amounts.length] as number,
      cover: 0,
      currency: 'hkd',
      language: /\p{Script=Han}/u.test(name) ? 'zh-HK' : 'en',
      at: new Date(Math.floor(now.getTime() / 1000) * 1000 - days * 86_400_000),
    };
    const person: Person = {
      checkoutId: paid.checkoutId,
      name,
      email: `giver-${id.slice(0, 8)}@example.org`,
      hideName: index % 4 === 0,
      hideAmount: false,
      message: undefined,
      marketingConsent: undefined,
    };
    return { paid, person, title: campaign };
  });
}

/** A small linear congruential generator (Numerical Recipes' constants): numbers in [0, 1) from a seed. */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
