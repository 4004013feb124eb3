import fc from 'fast-check';
import { charity } from '#platform/charity.ts';

/** A crash of ours in a step: the whole process ends before its call goes out, or after it was carried out. */
export interface Crash {
  /** The calls of the step to DynamoDB and to Stripe, counted from 0. */
  readonly call: number;
  readonly when: 'before' | 'after';
}

/**
 * One step of a history. Numbers name what was made before, counted round: with nothing there, and where Stripe or we refuse, a step
 * changes nothing. So every part of a history is a history too, and shrinks.
 */
export type Step = { readonly crash?: Crash | undefined } & (
  | {
      readonly do: 'give';
      readonly campaign: number;
      readonly amount: number;
      readonly hidden: boolean;
      /** What is bought with it, minor units; without it the donor only gives. */
      readonly sales?: number;
      /** Who gives; without a number another donor each time. */
      readonly donor?: number | undefined;
    }
  | {
      /** Money that came in otherwise. */
      readonly do: 'receive';
      readonly campaign: number;
      readonly amount: number;
      readonly source: 'bank' | 'cash';
      readonly donor?: number | undefined;
      readonly daysAgo: number;
    }
  | {
      readonly do: 'refund';
      readonly gift: number;
      readonly part: 'all' | 'half' | 'a cent';
      readonly by: 'staff' | 'dashboard';
      /** Whether the staff ask again at once, when no answer came. */
      readonly again: boolean;
    }
  | { readonly do: 'fail-refund'; readonly refund: number }
  | {
      readonly do: 'dispute';
      readonly gift: number;
      readonly kind: 'chargeback' | 'inquiry';
      readonly claims: 'all' | 'less' | 'more';
    }
  | {
      readonly do: 'move-dispute';
      readonly dispute: number;
      readonly to:
        | 'win'
        | 'win a part'
        | 'win with the fee'
        | 'lose'
        | 'escalate'
        | 'close-inquiry'
        | 'appeal';
    }
  | { readonly do: 'pay-out'; readonly isExplained: boolean }
  | { readonly do: 'move-payout'; readonly payout: number; readonly to: 'pay' | 'fail' | 'reconcile' }
  | {
      readonly do: 'deliver';
      readonly which: 'all' | 'oldest' | 'newest' | 'delivered before';
      readonly how: 'in order' | 'reversed' | 'at once';
      readonly copies: number;
    }
  | { readonly do: 'work'; readonly task: Task }
  | { readonly do: 'pass'; readonly days: number }
  | { readonly do: 'close-month' }
  | { readonly do: 'disburse'; readonly campaign: number; readonly amount: number }
);

/** What our schedules and queues do. */
export type Task = 'refresh' | 'sweep' | 'sweep-events' | 'fees' | 'payouts' | 'roll-up' | 'accounts';

const some = fc.nat({ max: 5 });
const aCrash = fc.record({ call: fc.nat({ max: 6 }), when: fc.constantFrom('before', 'after') });
const crash = fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: aCrash });

const give = fc.record({
  do: fc.constant('give' as const),
  campaign: fc.nat({ max: 1 }),
  amount: fc.oneof(fc.constant(50_000), fc.integer({ min: charity.smallestGift, max: 200_000 })),
  hidden: fc.boolean(),
  sales: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 60_000 })),
  donor: fc.option(fc.nat({ max: 1 }), { nil: undefined }),
  crash,
});
const receive = fc.record({
  do: fc.constant('receive' as const),
  campaign: fc.nat({ max: 1 }),
  amount: fc.integer({ min: 1, max: 200_000 }),
  source: fc.constantFrom('bank', 'cash'),
  donor: fc.option(fc.nat({ max: 1 }), { nil: undefined }),
  daysAgo: fc.constantFrom(0, 0, 15, 40),
  crash,
});
const refund = fc.record({
  do: fc.constant('refund' as const),
  gift: some,
  part: fc.constantFrom('all', 'half', 'a cent'),
  by: fc.constantFrom('staff', 'dashboard'),
  again: fc.boolean(),
  crash,
});
const dispute = fc.record({
  do: fc.constant('dispute' as const),
  gift: some,
  kind: fc.constantFrom('chargeback', 'chargeback', 'inquiry'),
  claims: fc.constantFrom('all', 'less', 'more'),
});
const moveDispute = fc.record({
  do: fc.constant('move-dispute' as const),
  dispute: some,
  to: fc.constantFrom('win', 'win a part', 'win with the fee', 'lose', 'escalate', 'close-inquiry', 'appeal'),
});
const deliver = fc.record({
  do: fc.constant('deliver' as const),
  which: fc.constantFrom('all', 'all', 'oldest', 'newest', 'delivered before'),
  how: fc.constantFrom('in order', 'reversed', 'at once'),
  copies: fc.constantFrom(1, 1, 2),
  crash,
});
const work = fc.record({
  do: fc.constant('work' as const),
  task: fc.constantFrom(
    'refresh',
    'refresh',
    'refresh',
    'fees',
    'payouts',
    'payouts',
    'sweep',
    'sweep-events',
    'roll-up',
    'accounts',
  ),
  crash,
});
const others = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('fail-refund' as const), refund: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pay-out' as const), isExplained: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('move-payout' as const),
      payout: some,
      to: fc.constantFrom('pay', 'fail', 'reconcile', 'reconcile'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.constantFrom(1, 3, 10, 25) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close-month' as const), crash }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('disburse' as const),
      campaign: fc.nat({ max: 1 }),
      amount: fc.integer({ min: 1, max: 20_000 }),
      crash,
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: refund },
  { weight: 2, arbitrary: dispute },
  { weight: 3, arbitrary: moveDispute },
  { weight: 6, arbitrary: deliver },
  { weight: 3, arbitrary: work },
  { weight: 1, arbitrary: give },
  { weight: 1, arbitrary: receive },
  { weight: 6, arbitrary: others },
);

/** A history: a gift or two, then three to ten steps of any kind. */
export const histories: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(give, { minLength: 1, maxLength: 2 }),
    fc.array(step, { minLength: 3, maxLength: 10, size: 'max' }),
  )
  .map(([gifts, steps]) => [...gifts, ...steps]);
