import type { Category } from '#accounting/disbursements/categories.ts';
import type { RecipientKind } from '#accounting/disbursements/disbursement.ts';
import { enterEntry } from '#accounting/journal/enter-entry.ts';
import type { StaffEntry } from '#accounting/journal/staff-entry.ts';
import type { Account } from '#kernel/ledger/ledger-entry.ts';
import { permit } from '#kernel/staff/rights.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import type { Table } from '#platform/table/table.ts';
import { demoStaff, type Happening } from './past.ts';

/** How many months before the present one the demonstration's books begin, with the first campaign. */
const monthsBack = 12;
/** What the receiver pays in each month for the card fees, in cents: more than they are, so that none comes out of the gifts. */
const feesOfMonth = 50_000;

interface Payment {
  readonly category: Category;
  readonly to: RecipientKind;
  /** How many a month. */
  readonly count: number;
  /** Cents. */
  readonly amount: number;
}

/**
 * Since how many months each campaign is in these books, what it brought into them, and what it pays each month. Some purposes have so
 * few payments to families that they join others.
 */
const plan: readonly {
  readonly campaign: string;
  readonly months: number;
  readonly opening: number;
  readonly payments: readonly Payment[];
}[] = [
  {
    campaign: 'emergency-cash',
    months: 5,
    opening: 3_000_000,
    payments: [
      { category: 'rent', to: 'family', count: 5, amount: 60_000 },
      { category: 'food', to: 'family', count: 6, amount: 15_000 },
      { category: 'medical', to: 'family', count: 3, amount: 28_000 },
      { category: 'baby', to: 'family', count: 3, amount: 12_000 },
    ],
  },
  {
    campaign: 'education',
    months: 5,
    opening: 900_000,
    payments: [
      { category: 'school', to: 'family', count: 5, amount: 15_000 },
      { category: 'transport', to: 'family', count: 5, amount: 6_000 },
    ],
  },
  {
    campaign: 'soup-kitchen',
    months: 5,
    opening: 1_500_000,
    payments: [{ category: 'food', to: 'family', count: 6, amount: 24_000 }],
  },
  {
    campaign: 'lai-chi-kok-warehouse',
    months: monthsBack,
    opening: 4_500_000,
    payments: [{ category: 'rent', to: 'supplier', count: 1, amount: 1_000_000 }],
  },
];

/** Money that was paid out to an invented family or to the landlord. */
export interface DemoPayment {
  /** Unique: ids are made of it. */
  readonly name: string;
  readonly campaign: string;
  readonly category: Category;
  readonly to: RecipientKind;
  /** Cents. */
  readonly amount: number;
  /** Noon of the day on which it was paid out. */
  readonly noon: Date;
}

/** Every payment up to `now`, always the same for the same moment: a landlord on the third, families of the months before at other times. */
export function demoPayments(now: Date): DemoPayment[] {
  const payments: DemoPayment[] = [];
  for (const { campaign, months, payments: planned } of plan) {
    for (const { category, to, count, amount } of planned) {
      for (let back = months; back >= 0; back -= 1) {
        for (let index = 0; index < count; index += 1) {
          const ofFamily = {
            amount: amount + ((index + back) % 4) * 2_500,
            noon: noonIn(now, back, 4 + ((index * 5 + back) % 22)),
          };
          const ofSupplier = { amount, noon: noonIn(now, back, 3) };
          const name = `${campaign}/${back}/${category}/${index}`;
          payments.push({ name, campaign, category, to, ...(to === 'family' ? ofFamily : ofSupplier) });
        }
      }
    }
  }
  return payments.filter(({ to, noon }) => (to === 'family' ? noon < noonIn(now, 0, 1) : noon <= now));
}

/** When the demonstration's books begin: the Hong Kong midnight before the first day of a month. */
export function beginOfBooks(now: Date): Date {
  return new Date(noonIn(now, monthsBack, 1).getTime() - 12 * 3_600_000);
}

/** When a campaign of the demonstration begins. */
export function beginOf(campaign: string, now: Date): Date {
  const { months = monthsBack } = plan.find((each) => each.campaign === campaign) ?? {};
  return new Date(noonIn(now, months, 1).getTime() - 12 * 3_600_000);
}

/** The staff enters what was in the bank before these books, and what each campaign brings when it begins. */
export function openBooks(now: Date): Happening[] {
  const openings: { account: Account; amount: number; at: Date }[] = [
    { account: 'bank', amount: sum(plan.map(({ opening }) => opening)), at: beginOfBooks(now) },
    ...plan.map(({ campaign, opening }) => {
      const account = `raised:${campaign}` as const;
      return { account, amount: opening, at: beginOf(campaign, now) };
    }),
  ];
  return openings.map(({ account, amount, at }) => ({
    at,
    play: ({ table }) => enter(table, { kind: 'opening-balance', account, amount }, at, `opening-${account}`),
  }));
}

/** The receiver pays in for the card fees on the first of each month, and the staff enters it. */
export function reimburseFees(now: Date): Happening[] {
  const entry = { kind: 'fee-reimbursement', amount: feesOfMonth, to: 'bank' } as const;
  return Array.from({ length: monthsBack + 1 }, (_, back) => noonIn(now, back, 1))
    .filter((at) => at <= now)
    .map((at) => ({ at, play: ({ table }) => enter(table, entry, at, `fees-${hongKongMonth(at)}`) }));
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
