import type { Category } from '#accounting/disbursements/categories.ts';
import { enterEntry } from '#accounting/journal/enter-entry.ts';
import type { StaffEntry } from '#accounting/journal/staff-entry.ts';
import type { Account } from '#kernel/ledger/ledger-entry.ts';
import { permit } from '#kernel/staff/rights.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import type { Table } from '#platform/table/table.ts';
import { type DemoWorld, demoStaff, type Happening } from './past.ts';

/** How many months before the present one the demonstration's books begin. */
const monthsBack = 5;
/** What the receiver pays in each month for the card fees, in cents: more than they are, so that none comes out of the gifts. */
const feesOfMonth = 50_000;

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

/** Money that was paid out to an invented family. */
export interface DemoPayment {
  /** Unique: ids are made of it. */
  readonly name: string;
  readonly campaign: string;
  readonly category: Category;
  /** Cents. */
  readonly amount: number;
  /** Noon of the day on which it was paid out. */
  readonly noon: Date;
}

/** Every payment of the five months before the present one, always the same for the same moment. */
export function demoPayments(now: Date): DemoPayment[] {
  const payments: DemoPayment[] = [];
  for (const { campaign, payments: planned } of plan) {
    for (const { category, count, amount } of planned) {
      for (let back = monthsBack; back >= 1; back -= 1) {
        for (let index = 0; index < count; index += 1) {
          payments.push({
            name: `${campaign}/${back}/${category}/${index}`,
            campaign,
            category,
            amount: amount + ((index + back) % 4) * 2_500,
            noon: noonIn(now, back, 4 + ((index * 5 + back) % 22)),
          });
        }
      }
    }
  }
  return payments;
}

/** When the demonstration's books begin: the Hong Kong midnight before the first day of a month. */
export function beginOfBooks(now: Date): Date {
  return new Date(noonIn(now, monthsBack, 1).getTime() - 12 * 3_600_000);
}

/** The staff enters what was there before these books. */
export function openBooks(now: Date): Happening {
  return { at: beginOfBooks(now), play: enterOpenings };
}

/** The receiver pays in for the card fees on the first of each month, and the staff enters it. */
export function reimburseFees(now: Date): Happening[] {
  const entry = { kind: 'fee-reimbursement', amount: feesOfMonth, to: 'bank' } as const;
  return Array.from({ length: monthsBack + 1 }, (_, back) => noonIn(now, back, 1))
    .filter((at) => at <= now)
    .map((at) => ({ at, play: ({ table }) => enter(table, entry, at, `fees-${hongKongMonth(at)}`) }));
}

async function enterOpenings({ table }: DemoWorld, at: Date): Promise<void> {
  const openings: [Account, number][] = [
    ['bank', sum(plan.map(({ opening }) => opening))],
    ...plan.map(({ campaign, opening }): [Account, number] => [`raised:${campaign}`, opening]),
  ];
  for (const [account, amount] of openings) {
    await enter(table, { kind: 'opening-balance', account, amount }, at, `opening-${account}`);
  }
}

async function enter(table: Table, entry: StaffEntry, at: Date, idempotencyKey: string): Promise<void> {
  const may = permit(demoStaff.finance, 'ledger.enter');
  const asked = { entry, reason: undefined, at, idempotencyKey, permit: may };
  await enterEntry(asked, { table, now: at });
}

/** Noon of a day of the month that lies so many months back, on Hong Kong's clock. */
function noonIn(now: Date, back: number, dayOfMonth: number): Date {
  const [year, month] = hongKongMonth(now).split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 - back, dayOfMonth, 4));
}
