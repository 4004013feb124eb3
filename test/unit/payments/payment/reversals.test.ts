import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addEntry, type FundFigures } from '#accounting/funds/fund-month.ts';
import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import type { TotalsChange } from '#kernel/totals/totals.ts';
import { type DisputedPayment, decideMovement } from '#payments/disputes/dispute.ts';
import { decidePayment, type Payment } from '#payments/payment/payment.ts';
import { leftOf, type Parts, wholeOf } from '#payments/received/parts.ts';
import { decideRefund, decideRefundFailure } from '#payments/refunds/refund.ts';
import { sum } from '#platform/money.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';

const at = new Date('2026-11-30T16:00:00Z');
const fund = 'lai-chi-kok-warehouse';

/** What reverses a part of a gift, or restores it. */
type Step =
  | { readonly kind: 'refund' | 'failure'; readonly amount: number }
  /** Below zero when a dispute takes. */
  | { readonly kind: 'movement'; readonly amount: number };

interface Books {
  readonly gift: Payment;
  readonly entries: readonly LedgerEntry[];
  readonly raised: number;
  readonly sales: number;
  readonly supporters: number;
}

function begun(parts: Parts): Books {
  const { payment: gift, entry, totals } = decidePayment(paidCheckout({ parts }));
  return { gift, entries: [entry], ...countsOf(totals) };
}

const countsOf = ({ raised, sales, supporters }: TotalsChange) => ({ raised, sales, supporters });

function book({ gift, entries, raised, sales, supporters }: Books, step: Step, index: number): Books {
  const id = `${step.kind}_${index}`;
  const fact = { refundId: id, paymentId: gift.paymentId, amount: step.amount, currency: 'hkd', at } as const;
  const refund = { ...fact, checkoutId: gift.checkoutId, fund, status: 'succeeded' } as const;
  const reported = { ...refund, requestId: undefined, failedAt: undefined } as const;
  const asDisputed: DisputedPayment = { ...gift, openDisputes: [] };
  const { entry, totals, ...after } =
    step.kind === 'refund'
      ? decideRefund(gift, reported)
      : step.kind === 'failure'
        ? decideRefundFailure(gift, reported, at)
        : decideMovement(asDisputed, { id, amount: step.amount, fee: 0, currency: 'hkd', at });
  const counted = 'refunded' in after ? { refunded: after.refunded } : { disputed: after.disputed };
  return {
    gift: { ...gift, ...counted },
    entries: [...entries, entry],
    raised: raised + totals.raised,
    sales: sales + totals.sales,
    supporters: supporters + totals.supporters,
  };
}

const covered: Parts = { gift: 50_000, sales: 0, cover: 2003 };
const bookAll = (steps: readonly Step[], parts = covered) => steps.reduce(book, begun(parts));
const on = (account: string, { entries }: Books) =>
  sum(
    entries
      .flatMap(({ postings }) => postings.filter((posting) => posting.account === account))
      .map((s) => s.amount),
  );
const sums = (books: Books) => ({
  stripe: on('stripe', books),
  raised: on(`raised:${fund}`, books),
  cover: on('cover', books),
});

describe('the reversals of a gift with a fee cover', () => {
  it.each<[string, Step[], { stripe: number; raised: number; cover: number; supporters: number }]>([
    [
      'in full leaves nothing on any account',
      [{ kind: 'refund', amount: 52_003 }],
      { stripe: 0, raised: 0, cover: 0, supporters: 0 },
    ],
    [
      'in part comes from what was raised',
      [{ kind: 'refund', amount: 20_000 }],
      { stripe: 32_003, raised: -30_000, cover: -2003, supporters: 1 },
    ],
    [
      'by a refund and then by a dispute of the rest leaves nothing: the cover is taken once',
      [
        { kind: 'refund', amount: 30_000 },
        { kind: 'movement', amount: -22_003 },
      ],
      { stripe: 0, raised: 0, cover: 0, supporters: 0 },
    ],
    [
      'by a dispute and then by a refund of the rest leaves nothing either',
      [
        { kind: 'movement', amount: -22_003 },
        { kind: 'refund', amount: 30_000 },
      ],
      { stripe: 0, raised: 0, cover: 0, supporters: 0 },
    ],
    [
      'twice over takes from what was raised beyond the gift, not from the cover again',
      [
        { kind: 'refund', amount: 52_003 },
        { kind: 'movement', amount: -52_003 },
      ],
      { stripe: -52_003, raised: 52_003, cover: 0, supporters: 0 },
    ],
    [
      'by a refund that fails is there again',
      [
        { kind: 'refund', amount: 52_003 },
        { kind: 'failure', amount: 52_003 },
      ],
      { stripe: 52_003, raised: -50_000, cover: -2003, supporters: 1 },
    ],
    [
      'by a dispute that is won is there again, also when a refund came between',
      [
        { kind: 'movement', amount: -52_003 },
        { kind: 'refund', amount: 10_000 },
        { kind: 'movement', amount: 52_003 },
      ],
      { stripe: 42_003, raised: -40_000, cover: -2003, supporters: 1 },
    ],
  ])('%s', (_, steps, { supporters, ...expected }) => {
    const books = bookAll(steps);
    expect(sums(books)).toEqual(expected);
    expect(books.supporters).toBe(supporters);
    expect(books.raised).toBe(0 - expected.raised);
  });

  const part = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60_000 }));
  const anyParts = fc
    .record({ gift: part, sales: part, cover: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3000 })) })
    .filter((parts) => wholeOf(parts) > 0);
  const refunds = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 60_000 }), fails: fc.boolean() }), {
    maxLength: 4,
  });
  const disputes = fc.array(
    fc.record({ amount: fc.integer({ min: 1, max: 60_000 }), isWon: fc.boolean(), again: fc.boolean() }),
    { maxLength: 3 },
  );

  it('leave accounts that follow from the reversed amount alone, in whatever order it was reported', () => {
    fc.assert(
      fc.property(
        anyParts,
        refunds,
        disputes,
        fc.infiniteStream(fc.nat()),
        (parts, ofRefunds, ofDisputes, draws) => {
          const chains: Step[][] = [
            ...ofRefunds.map(({ amount, fails }): Step[] => [
              { kind: 'refund', amount },
              ...(fails ? [{ kind: 'failure', amount } as const] : []),
            ]),
            ...ofDisputes.map(({ amount, isWon, again }): Step[] => [
              { kind: 'movement', amount: -amount },
              ...(isWon ? [{ kind: 'movement', amount } as const] : []),
              ...(isWon && again ? [{ kind: 'movement', amount: -amount } as const] : []),
            ]),
          ];
          const books = bookAll(
            shuffled(chains, () => draws.next().value ?? 0),
            parts,
          );
          const whole = wholeOf(parts);
          const gone = books.gift.refunded + books.gift.disputed;
          const left = leftOf(parts, gone);
          const beyond = Math.max(0, gone - whole);
          expect([...sumsOf(books), books.raised, books.sales]).toEqual([
            whole - gone,
            beyond - left.gift || 0,
            0 - left.sales,
            0 - left.cover,
            left.gift - beyond,
            left.sales,
          ]);
          expect(books.supporters).toBe(parts.gift > 0 && gone < whole ? 1 : 0);
          expect(fundOf(books)).toEqual([left.gift - beyond, left.sales, left.cover]);
        },
      ),
    );
  });

  it.each<[string, number, Parts]>([
    ['a cent short of what was bought', 29_999, { sales: 1, gift: 50_000, cover: 2003 }],
    ['all that was bought', 30_000, { sales: 0, gift: 50_000, cover: 2003 }],
    ['a cent of the gift too', 30_001, { sales: 0, gift: 49_999, cover: 2003 }],
    ['what was bought and the gift', 80_000, { sales: 0, gift: 0, cover: 2003 }],
    ['a cent of the cover too', 80_001, { sales: 0, gift: 0, cover: 2002 }],
    ['everything', 82_003, { sales: 0, gift: 0, cover: 0 }],
  ])('of an order of three parts take %s', (_, amount, left) => {
    const parts = { sales: 30_000, gift: 50_000, cover: 2003 };
    const due = [wholeOf(left), -left.gift, -left.sales, -left.cover].map((sum) => sum + 0);
    expect(sumsOf(bookAll([{ kind: 'refund', amount }], parts))).toEqual(due);
    expect(sumsOf(bookAll([{ kind: 'movement', amount: -amount }], parts))).toEqual(due);
    const inCents = [
      { kind: 'refund', amount: amount - 1 },
      { kind: 'movement', amount: -1 },
    ] as const;
    expect(sumsOf(bookAll(inCents, parts))).toEqual(due);
  });

  it('name the fund also where all of the amount was fee cover, so that the fund’s cover shrinks with it', () => {
    const books = bookAll([
      { kind: 'refund', amount: 50_000 },
      { kind: 'refund', amount: 2003 },
    ]);
    expect(books.entries.at(-1)).toMatchObject({
      postings: [
        { account: 'cover', amount: 2003 },
        { account: 'stripe', amount: -2003 },
      ],
      fund,
    });
    expect(fundOf(books)).toEqual([0, 0, 0]);
  });
});

/** What stands on the accounts of Stripe, of what was raised, sold and given as cover. */
function sumsOf(books: Books): number[] {
  const accounts = ['stripe', `raised:${fund}`, `sales:${fund}`, 'cover'];
  return accounts.map((account) => on(account, books));
}

/** The net amounts of the fund, of its sales and of the cover, as the public page adds them up. */
function fundOf({ entries }: Books): number[] {
  const figures = new Map<string, FundFigures>();
  for (const entry of entries) addEntry(figures, entry);
  const { received = 0, sales = 0, refunded = 0, disputed = 0, cover = 0 } = figures.get(fund) ?? {};
  expect([...figures.keys()]).toEqual([fund]);
  return [received - refunded - disputed, sales, cover];
}

/** Mixes chains; the steps of each keep their order. */
function shuffled(chains: readonly (readonly Step[])[], draw: () => number): Step[] {
  const waiting = chains.map((chain) => [...chain]);
  const steps: Step[] = [];
  while (waiting.some((chain) => chain.length > 0)) {
    const ready = waiting.filter((chain) => chain.length > 0);
    const next = ready[draw() % ready.length]?.shift();
    if (next) steps.push(next);
  }
  return steps;
}
