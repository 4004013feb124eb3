import type { Category } from '#accounting/disbursements/categories.ts';
import type { LedgerEntry, Posting } from '#kernel/ledger/ledger-entry.ts';
import type { Charity } from '#platform/charity.ts';
import type { Month } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';

/** Payments to families for one category: the amount, how many, and to how many families. */
export interface Payments {
  /** Minor units. */
  readonly amount: number;
  readonly payments: number;
  /** Digests of these families' references, at most five: five are enough to show the sum. */
  readonly families: readonly string[];
}

/** A sum of payments to fewer families might reveal what one of them got (hongkong.md, "Families' safety"). */
export const fewestFamilies = 5;

export const noPayments: Payments = { amount: 0, payments: 0, families: [] };

/** The sum of payments. */
export function together(all: readonly Payments[]): Payments {
  return {
    amount: sum(all.map(({ amount }) => amount)),
    payments: sum(all.map(({ payments }) => payments)),
    families: [...new Set(all.flatMap(({ families }) => families))].slice(0, fewestFamilies),
  };
}

/** What a month of the books changed in a fund. All amounts are minor units. */
export interface FundFigures {
  /** Gifts, without the fee cover. */
  received: number;
  payments: number;
  /** The fee cover that donors added. */
  cover: number;
  /** What Stripe took, with the fees of disputes. */
  fees: number;
  feeEntries: number;
  /** What was sold, net of what was reversed of it: it is held apart until its result is booked. */
  sales: number;
  /** What the sales cost. */
  costs: number;
  /** Net of refunds that failed. */
  refunded: number;
  /** Taken by disputes, net of disputes that were won. */
  disputed: number;
  transferredIn: number;
  transferredOut: number;
  /** What the fund held before these books: opening balances and their corrections. */
  opening: number;
  /** What other corrections added to the fund. */
  corrected: number;
  /** What other corrections took out of the fund and brought to no other fund: for example out of the bank, as a fee, as lost. */
  takenOut: number;
  /** Paid out to families, and payments of which nothing is known. */
  passedOn: Partial<Record<Category, Payments>>;
  /** Paid out to the charity's own suppliers, such as a landlord. */
  suppliers: Partial<Record<Category, number>>;
}

/** A month of a fund, and who bore the card fees in it. */
export interface FundMonth extends Readonly<FundFigures> {
  readonly slug: string;
  readonly month: Month;
  readonly feesBorneBy: Charity['feesBorneBy'];
  /** Of all funds together: what a count found missing from the cash in this month; negative when the count found more. */
  readonly cashMissing: number;
}

export function noFigures(): FundFigures {
  return {
    received: 0,
    payments: 0,
    cover: 0,
    fees: 0,
    feeEntries: 0,
    sales: 0,
    costs: 0,
    refunded: 0,
    disputed: 0,
    transferredIn: 0,
    transferredOut: 0,
    opening: 0,
    corrected: 0,
    takenOut: 0,
    passedOn: {},
    suppliers: {},
  };
}

/** What a payment was for, and who was paid. */
export interface Purpose {
  readonly category: Category;
  /** A digest of the family's reference; undefined for a supplier. */
  readonly family: string | undefined;
}

/**
 * Adds an entry of the books to the figures of its funds.
 * @param figures by slug; a fund that is not in it yet is added
 * @param purpose of a payment
 */
export function addEntry(figures: Map<string, FundFigures>, entry: LedgerEntry, purpose?: Purpose): void {
  const of = (slug: string): FundFigures => {
    const known = figures.get(slug) ?? noFigures();
    figures.set(slug, known);
    return known;
  };
  for (const posting of entry.postings) {
    const raised = slugIn(posting, 'raised:');
    if (raised !== undefined) addRaised(of(raised), entry, posting.amount);
    const passedOn = slugIn(posting, 'passed-on:');
    if (passedOn !== undefined) addPassedOn(of(passedOn), entry, posting.amount, purpose);
    const sales = slugIn(posting, 'sales:');
    if (sales !== undefined) of(sales).sales -= posting.amount;
    const costs = slugIn(posting, 'costs:');
    if (costs !== undefined) of(costs).costs += posting.amount;
  }
  const fund = entry.fund ?? onlyFundOf(entry);
  if (fund === undefined) return;
  of(fund).cover -= sumOf(entry, ['cover']);
  const fees = sumOf(entry, ['fee', 'dispute-fee']);
  of(fund).fees += fees;
  if (entry.kind === 'fee') of(fund).feeEntries += 1;
}

function addRaised(figures: FundFigures, entry: LedgerEntry, amount: number): void {
  switch (entry.kind) {
    case 'payment':
      figures.received -= amount;
      figures.payments += 1;
      break;
    case 'refund':
    case 'refund-failed':
      figures.refunded += amount;
      break;
    case 'dispute-withdrawn':
    case 'dispute-reinstated':
      figures.disputed += amount;
      break;
    case 'opening-balance':
      figures.opening -= amount;
      break;
    case 'transfer':
      if (amount > 0) figures.transferredOut += amount;
      else figures.transferredIn -= amount;
      break;
    default:
      addCorrection(figures, entry, amount);
  }
}

/**
 * A correction between funds and opening balances says what the fund held before. Any other correction whose postings are not all of
 * funds takes out the amount by which it lowers the fund.
 */
function addCorrection(figures: FundFigures, { postings }: LedgerEntry, amount: number): void {
  const others = postings.filter((posting) => slugIn(posting, 'raised:') === undefined);
  if (others.length > 0 && others.every(({ account }) => account === 'opening')) {
    figures.opening -= amount;
    return;
  }
  figures.corrected -= amount;
  if (others.length > 0 && amount > 0) figures.takenOut += amount;
}

/** A correction of a payment changes the sum, but is no payment of its own. */
function addPassedOn(
  figures: FundFigures,
  { kind }: LedgerEntry,
  amount: number,
  purpose: Purpose | undefined,
): void {
  const isPayment = kind === 'hand-over';
  const group = (isPayment && purpose?.category) || 'other';
  const family = isPayment ? purpose?.family : undefined;
  if (isPayment && purpose && family === undefined) {
    figures.suppliers[group] = (figures.suppliers[group] ?? 0) + amount;
    return;
  }
  // A payment of which nothing is known may be a family's.
  const one: Payments = { amount, payments: isPayment ? 1 : 0, families: family ? [family] : [] };
  figures.passedOn[group] = together([figures.passedOn[group] ?? noPayments, one]);
}

/** What a count found missing from the cash, minor units. */
export function missingIn(entry: LedgerEntry): number {
  return sumOf(entry, ['cash-difference']);
}

/** What came into a fund in a month, less what left it other than by disbursements: the amount that the fund may pay out. */
export function availableIn(month: FundMonth): number {
  const { received, opening, transferredIn, corrected, refunded, disputed, transferredOut } = month;
  return (
    received +
    opening +
    transferredIn +
    corrected -
    refunded -
    disputed -
    transferredOut -
    feesBorneByFund(month)
  );
}

/** The card fees that a fund bore, less the fee cover, minor units; 0 where the receiver bears them. */
export function feesBorneByFund({
  feesBorneBy,
  fees,
  cover,
}: Pick<FundMonth, 'feesBorneBy' | 'fees' | 'cover'>): number {
  return feesBorneBy === 'fund' ? fees - cover : 0;
}

/** What was paid out in a month, all categories together. */
export function passedOnIn({ passedOn, suppliers }: Pick<FundMonth, 'passedOn' | 'suppliers'>): number {
  return sum([...Object.values(passedOn).map(({ amount }) => amount), ...Object.values(suppliers)]);
}

export function isEmptyMonth(figures: FundFigures): boolean {
  const { passedOn, suppliers, ...amounts } = figures;
  return (
    Object.keys({ ...passedOn, ...suppliers }).length === 0 &&
    Object.values(amounts).every((amount) => amount === 0)
  );
}

function slugIn(
  { account }: Posting,
  prefix: 'raised:' | 'sales:' | 'costs:' | 'passed-on:',
): string | undefined {
  return account.startsWith(prefix) ? account.slice(prefix.length) : undefined;
}

function onlyFundOf({ postings }: LedgerEntry): string | undefined {
  const slugs = new Set(
    postings.flatMap((posting) => slugIn(posting, 'raised:') ?? slugIn(posting, 'sales:') ?? []),
  );
  return slugs.size === 1 ? [...slugs][0] : undefined;
}

function sumOf({ postings }: LedgerEntry, accounts: readonly string[]): number {
  return sum(postings.filter(({ account }) => accounts.includes(account)).map(({ amount }) => amount));
}
