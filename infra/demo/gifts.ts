import { createHash } from 'node:crypto';
import type { Campaign } from '#giving/campaigns/campaign.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { type Checkout, sessionLifetime } from '#payments/checkout/checkout.ts';
import type { Language } from '#platform/charity.ts';

/** A gift of the demonstration as it was about to be paid, at the moment in which it was. */
export interface DemoGift {
  readonly checkout: Checkout;
  readonly person: Person;
}

/** What a donor chose. */
interface Choice {
  /** Unique: ids are made of it. */
  readonly name: string;
  readonly campaign: string;
  /** Cents. */
  readonly amount: number;
  readonly donor: string;
  readonly at: Date;
  readonly hideName: boolean;
  readonly hideAmount: boolean;
  /** The gift's number within its campaign, if it may have a comment. */
  readonly index?: number;
}

const seed = 20210318;
/** How many gifts each campaign got in the month, and the amounts they were drawn from (cents). */
const plan = [
  {
    campaign: 'lai-chi-kok-warehouse',
    count: 24,
    amounts: [10_000, 20_000, 30_000, 50_000, 50_000, 100_000],
  },
  { campaign: 'soup-kitchen', count: 14, amounts: [20_000, 40_000, 80_000, 160_000] },
  { campaign: 'education', count: 11, amounts: [25_000, 50_000, 100_000] },
  { campaign: 'emergency-cash', count: 9, amounts: [20_000, 50_000, 75_000] },
] as const;
// Common words as names, so that no real person is meant.
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
/** Comments of the invented donors, in the language of their name. */
const commentsIn = {
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

/** Every third gift came with a comment; the sixth of them waits to be moderated. */
function commentOf(index: number, language: Language): Pick<Person, 'message' | 'messageState'> {
  if (index % 3 !== 0) return { message: undefined };
  return { message: commentsIn[language][index % 5], messageState: index === 15 ? undefined : 'approved' };
}

/**
 * Gifts up to `now`: a month of all campaigns, five months of one, always the same for the same moment. Oldest first.
 * @param site where the donors came back to, without a trailing slash
 */
export function demoGifts(now: Date, campaigns: readonly Campaign[], site: string): DemoGift[] {
  const titles = new Map(campaigns.map(({ slug, title }) => [slug, title]));
  return [...latestChoices(now), ...earlierChoices(now)]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((choice) => {
      const language = /\p{Script=Han}/u.test(choice.donor) ? 'zh-HK' : 'en';
      return demoGift(choice, language, titles.get(choice.campaign)?.[language] ?? choice.campaign, site);
    });
}

function latestChoices(now: Date): Choice[] {
  const draw = generator(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(draw() * values.length)] as T;
  return plan.flatMap(({ campaign, count, amounts }) =>
    Array.from(
      { length: count },
      (_, index): Choice => ({
        name: `${campaign}/${index}`,
        campaign,
        donor: pick(names),
        at: wholeSecond(now.getTime() - draw() * days * 86_400_000),
        amount: pick(amounts),
        hideName: draw() < 0.2,
        hideAmount: draw() < 0.15,
        index,
      }),
    ),
  );
}

/** Gifts of the months before, so that the money page of a campaign has something to show. */
function earlierChoices(now: Date): Choice[] {
  const amounts = [30_000, 50_000, 75_000, 20_000, 60_000, 45_000];
  return Array.from({ length: 4 * amounts.length }, (_, index): Choice => {
    const daysBack = 40 + Math.floor(index / amounts.length) * 30 + (index % amounts.length) * 4;
    return {
      name: `earlier/${index}`,
      campaign: 'emergency-cash',
      donor: names[index % names.length] as string,
      at: wholeSecond(now.getTime() - daysBack * 86_400_000),
      amount: amounts[(index + Math.floor(index / 5)) % amounts.length] as number,
      hideName: index % 4 === 0,
      hideAmount: false,
    };
  });
}

/** Stripe's times are whole seconds. */
function wholeSecond(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / 1000) * 1000);
}

function demoGift(choice: Choice, language: Language, title: string, site: string): DemoGift {
  const { campaign, amount, at, index } = choice;
  const id = createHash('sha256').update(choice.name).digest('hex').slice(0, 32);
  return {
    checkout: {
      id: `chk_${id}`,
      status: 'open',
      campaign,
      lines: [{ kind: 'gift', campaign, title, amount }],
      amount,
      currency: 'hkd',
      language,
      site,
      createdAt: at,
      expiresAt: new Date(at.getTime() + sessionLifetime),
      bodyDigest: 'demonstration',
      sessionId: undefined,
    },
    person: {
      checkoutId: `chk_${id}`,
      name: `${choice.donor}${language === 'en' ? ' Example' : '（示例）'}`,
      displayName: choice.donor,
      email: `donor-${id.slice(0, 8)}@example.org`,
      hideName: choice.hideName,
      hideAmount: choice.hideAmount,
      ...(index === undefined ? { message: undefined } : commentOf(index, language)),
      marketingConsent: undefined,
    },
  };
}

/** A small linear congruential generator (Numerical Recipes' constants): numbers in [0, 1) from a seed. */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
