import { createHash } from 'node:crypto';
import type { Category } from '../../functions/disbursements/categories.ts';
import { type Disbursement, handOverEntry } from '../../functions/disbursements/disbursement.ts';
import { toDisbursementItem } from '../../functions/disbursements/disbursement-item.ts';
import type { PaidCheckout } from '../../functions/gifts/gift.ts';
import { type LedgerEntry, ledgerEntry } from '../../functions/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '../../functions/ledger/ledger-entry-item.ts';
import { feeOf } from '../../functions/money/fee-cover.ts';
import { charity } from '../../functions/platform/charity.ts';
import { hongKongDay, hongKongMonth } from '../../functions/platform/clock.ts';
import { sum } from '../../functions/platform/money.ts';
import { keys } from '../../functions/table/keys.ts';
import type { Item } from '../../functions/table/table.ts';
import { hongKongAccount } from './stripe/settings.ts';

const day = 86_400_000;
/** How many months before the present one the demonstration's books begin. */
const monthsBack = 5;

interface Payment {
  readonly category: Category;
  /** How many a month. */
  readonly count: number;
  /** Cents. */
  readonly amount: number;
}

/** What each campaign brought into these books, and what it pays each month. Some purposes have so few that they join others. */
const plan: readonly { campaign: string; opening: number; payments: readonly Payment[] }[] = [
  {
    campaign: 'emergency-cash',
    opening: 3_000_000,
    payments: [
      { category: 'rent', count: 6, amount: 60_000 },
      { category: 'food', count: 8, amount: 15_000 },
      { category: 'medical', count: 3, amount: 28_000 },
      { category: 'baby', count: 3, amount: 12_000 },
    ],
  },
  {
    campaign: 'education',
    opening: 900_000,
    payments: [
      { category: 'school', count: 5, amount: 15_000 },
      { category: 'transport', count: 6, amount: 6_000 },
    ],
  },
  {
    campaign: 'soup-kitchen',
    opening: 1_500_000,
    payments: [{ category: 'food', count: 9, amount: 24_000 }],
  },
  {
    campaign: 'lai-chi-kok-warehouse',
    opening: 5_500_000,
    payments: [{ category: 'transport', count: 5, amount: 18_000 }],
  },
];

/**
 * What the books of the demonstration hold beside gifts: money from earlier books, a card fee of each gift, and payments to
 * families who are nobody's, in the five months before the present one. Always the same for the same moment.
 */
export function demoMoney(now: Date, gifts: readonly PaidCheckout[]): Item[] {
  return [
    ...plan.map(({ campaign, opening }) => openingEntry(campaign, opening, now)),
    ...gifts.map(feeEntry),
    reimbursement(gifts, now),
  ]
    .map(toLedgerEntryItem)
    .concat(plan.flatMap((fund) => handedOver(fund, now)));
}

function openingEntry(campaign: string, amount: number, now: Date): LedgerEntry {
  return ledgerEntry({
    sourceId: `opening_demo_${campaign}`,
    kind: 'opening-balance',
    sides: [
      { account: 'bank', amount },
      { account: 'opening', amount: -amount },
      { account: 'opening', amount },
      { account: `raised:${campaign}`, amount: -amount },
    ],
    currency: 'hkd',
    at: inMonth(now, monthsBack, 1),
  });
}

function feeEntry({ paymentId, campaign, amount, at }: PaidCheckout): LedgerEntry {
  const fee = feeOf(amount, charity.cardFee ?? hongKongAccount.fees.card);
  return ledgerEntry({
    sourceId: paymentId.replace('pi_', 'txn_'),
    kind: 'fee',
    sides: [
      { account: 'fee', amount: fee },
      { account: 'stripe', amount: -fee },
    ],
    currency: 'hkd',
    at,
    campaign,
  });
}

/** What the receiver paid in for the card fees so far, so that none came out of the gifts. */
function reimbursement(gifts: readonly PaidCheckout[], at: Date): LedgerEntry {
  const amount = sum(gifts.map(feeEntry).flatMap(({ sides }) => sides[0]?.amount ?? 0));
  return ledgerEntry({
    sourceId: 'fees_demo',
    kind: 'fee-reimbursement',
    sides: [
      { account: 'bank', amount },
      { account: 'fee-reimbursement', amount: -amount },
    ],
    currency: 'hkd',
    at,
  });
}

function handedOver({ campaign, opening, payments }: (typeof plan)[number], now: Date): Item[] {
  const items: Item[] = [];
  const amounts: number[] = [];
  for (let back = monthsBack; back >= 1; back -= 1) {
    for (const { category, count, amount } of payments) {
      for (let index = 0; index < count; index += 1) {
        const given = amount + ((index + back) % 4) * 2_500;
        const name = `${campaign}/${back}/${category}/${index}`;
        const at = inMonth(now, back, 4 + ((index * 5 + back) % 22));
        const disbursement = acknowledged(name, campaign, category, given, at);
        amounts.push(given);
        items.push(
          toDisbursementItem(disbursement),
          toLedgerEntryItem(handOverEntry(disbursement, 'bank', at, hongKongMonth(at))),
        );
      }
    }
  }
  const givenOut = sum(amounts);
  const moves = { entity: 'moves', v: 1, moved: opening - givenOut, moves: amounts.length + 1 };
  return [
    ...items,
    { ...keys.fundBalance(campaign), entity: 'fund-balance', v: 1, givenOut },
    { ...keys.fundMoves(campaign), ...moves },
  ];
}

function acknowledged(
  name: string,
  campaign: string,
  category: Category,
  amount: number,
  at: Date,
): Disbursement {
  const digest = createHash('sha256').update(name).digest('hex');
  const taken = (by: string, days: number) => ({
    by,
    at: new Date(at.getTime() + days * day),
    request: 'demonstration',
  });
  return {
    id: `dsb_${digest.slice(0, 32)}`,
    campaign,
    amount,
    currency: 'hkd',
    category,
    recipient: `F-${digest.slice(0, 4)}`,
    recipientKind: 'family',
    note: undefined,
    state: 'acknowledged',
    requestedBy: 'demo-families',
    requestedAt: new Date(at.getTime() - 2 * day),
    bodyDigest: 'demonstration',
    taken: {
      approve: taken('demo-finance', -1),
      'hand-over': taken('demo-families', 0),
      acknowledge: taken('demo-families', 1),
    },
    handOver: {
      day: hongKongDay(at),
      from: 'bank',
      voucherNumber: `V-${digest.slice(4, 9)}`,
      voucherDigest: digest,
      month: hongKongMonth(at),
    },
  };
}

/** Noon of a day of the month that lies so many months back, on Hong Kong's clock. */
function inMonth(now: Date, back: number, dayOfMonth: number): Date {
  const [year, month] = hongKongMonth(now).split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 - back, dayOfMonth, 4));
}
