import type { Facts, Movement } from './facts.ts';
import { campaigns, type PaidGift } from './history.ts';

/** What a donor adds towards the fees of an amount, minor units: every second amount is given so, at 3.4% + HK$2.35. */
export function coverOf(amount: number): number {
  let paid = amount;
  while (amount % 2 === 1 && paid - Math.round((paid * 340) / 10_000) - 235 < amount) paid += 1;
  return paid - amount;
}

/** One entry as it must be: its Hong Kong month, and what it changes. `given` is what was raised, sold and added as cover together. */
export interface ExpectedEntry {
  readonly month: string;
  readonly accounts: Readonly<Record<string, number>>;
}

/** How a gift must stand. */
export interface ExpectedGift {
  readonly refunded: number;
  readonly disputed: number;
  readonly disputeOpen: boolean;
  /** Undefined of money that came in otherwise. */
  readonly checkout: 'paid' | 'refunded' | undefined;
}

/** The books as they must be, whatever way the facts came in. */
export interface ExpectedBooks {
  /** By kind and source. */
  readonly entries: Readonly<Record<string, ExpectedEntry>>;
  /** By payment. */
  readonly gifts: Readonly<Record<string, ExpectedGift>>;
  /** By campaign. */
  readonly totals: Readonly<Record<string, ExpectedTotals>>;
}

/** What a campaign's totals must be. */
export interface ExpectedTotals {
  readonly raised: number;
  readonly sales: number;
  readonly supporters: number;
  /** Undefined where the order of the events may move cents between the months: decision 0040. */
  readonly months: Readonly<Record<string, number>> | undefined;
  readonly cover: number;
}

/**
 * A second, small set of books: a bookkeeper goes once through all that Stripe moved, in the order of time, and knows neither
 * events nor our rules. Minor units.
 */
export function keepBooks(facts: Facts): ExpectedBooks {
  const givenBy = new Map(facts.gifts.map((gift) => [gift.paymentId, gift]));
  const entries: Record<string, ExpectedEntry> = {};
  const enter = (kind: string, id: string, at: Date, accounts: Record<string, number>) => {
    const moved = Object.entries(accounts).filter(([, amount]) => amount !== 0);
    entries[`${kind} ${id}`] = { month: hongKongMonthOf(at), accounts: Object.fromEntries(moved) };
  };
  for (const movement of facts.movements) enterMovement(movement, facts, givenBy, enter);
  for (const { id, campaign, amount, source, at } of facts.received) {
    enter('payment', id, at, { [source]: amount, [`given:${campaign}`]: -amount });
  }
  for (const { id, campaign, amount } of facts.passedOn) {
    entries[`hand-over ${id}`] = {
      month: '',
      accounts: { [`passed-on:${campaign}`]: amount, bank: -amount },
    };
  }
  return {
    entries,
    gifts: Object.fromEntries([
      ...facts.gifts.map((gift) => [gift.paymentId, standingOf(gift, facts)]),
      ...facts.received.map(({ id }) => [id, untouched]),
    ]),
    totals: Object.fromEntries(campaigns.map((slug) => [slug, totalsOf(slug, facts)])),
  };
}

const untouched: ExpectedGift = { refunded: 0, disputed: 0, disputeOpen: false, checkout: undefined };

type Enter = (kind: string, id: string, at: Date, accounts: Record<string, number>) => void;

function enterMovement(
  { id, type, amount, fee, at, sourceId, paymentId }: Movement,
  { payouts }: Facts,
  givenBy: ReadonlyMap<string, PaidGift>,
  enter: Enter,
): void {
  const given = `given:${givenBy.get(paymentId ?? '')?.campaign}`;
  switch (type) {
    case 'charge':
      enter('payment', paymentId ?? '', at, { stripe: amount, [given]: -amount });
      enter('fee', id, at, { stripe: -fee, fee });
      return;
    case 'refund':
      enter('refund', sourceId, at, { stripe: amount, [given]: -amount });
      return;
    case 'refund_failure':
      enter('refund-failed', sourceId, at, { stripe: amount, [given]: -amount });
      return;
    case 'dispute':
      enter(amount < 0 ? 'dispute-withdrawn' : 'dispute-reinstated', id, at, {
        stripe: amount - fee,
        [given]: -amount,
        'dispute-fee': fee,
      });
      return;
    case 'payout': {
      const payout = payouts.find((each) => each.id === sourceId);
      const isCertain = payout?.status === 'failed' || payout?.reconciliation_status === 'completed';
      if (isCertain) enter('payout', sourceId, at, { stripe: amount, bank: -amount });
      return;
    }
    case 'payout_failure':
      enter('payout-failed', sourceId, at, { stripe: amount, bank: -amount });
      return;
  }
}

function standingOf(gift: PaidGift, { movements, disputes }: Facts): ExpectedGift {
  const own = movements.filter(({ paymentId }) => paymentId === gift.paymentId);
  const back = (...types: Movement['type'][]) =>
    0 - total(own.filter(({ type }) => types.includes(type)).map(({ amount }) => amount));
  const refunded = back('refund', 'refund_failure');
  const open = disputes.filter(
    ({ payment_intent, status, is_charge_refundable }) =>
      payment_intent === gift.paymentId && !/won|lost|closed|prevented/.test(status) && !is_charge_refundable,
  );
  return {
    refunded,
    disputed: back('dispute'),
    disputeOpen: open.length > 0,
    checkout: refunded >= wholeOf(gift) ? 'refunded' : 'paid',
  };
}

/** What a donor paid in all, minor units. */
function wholeOf({ sales, amount }: PaidGift): number {
  return sales + amount + coverOf(amount);
}

function totalsOf(slug: string, facts: Facts): ExpectedTotals {
  const own = facts.gifts.filter(({ campaign }) => campaign === slug);
  const received = facts.received.filter(({ campaign }) => campaign === slug);
  const months: Record<string, number> = {};
  const raise = (at: Date, amount: number) => {
    const month = hongKongMonthOf(at);
    months[month] = (months[month] ?? 0) + amount;
  };
  let [cover, sales] = [0, 0];
  for (const gift of own) {
    // A refund takes from what was bought first, then from the gift, then from the cover, and beyond all from the gift again.
    let gone = goneOf(gift, 0);
    for (const { type, amount, at, paymentId } of facts.movements) {
      if (paymentId !== gift.paymentId) continue;
      if (type === 'charge') {
        sales += gift.sales;
        cover += coverOf(gift.amount);
        raise(at, amount - gift.sales - coverOf(gift.amount));
        continue;
      }
      const now = goneOf(gift, gone.all - amount);
      sales -= now.sales - gone.sales;
      cover -= now.cover - gone.cover;
      raise(at, gone.gift - now.gift);
      gone = now;
    }
  }
  for (const { amount, at } of received) raise(at, amount);
  const standing = own.filter((gift) => {
    const { refunded, disputed } = standingOf(gift, facts);
    return refunded + disputed < wholeOf(gift);
  });
  // A cash box has no supporter, and a transfer of which nobody knows whose it is has one.
  const donors = [
    ...standing.map(({ donor }) => donor),
    ...received.flatMap(({ id, donor, source }) => donor ?? (source === 'bank' ? id : [])),
  ];
  return {
    raised: total(Object.values(months)),
    sales,
    supporters: new Set(donors).size,
    months: own.some((gift) => isSplitByOrder(gift, facts)) ? undefined : months,
    cover,
  };
}

/** What is gone of each part when so much is gone in all. */
function goneOf({ sales, amount }: PaidGift, all: number) {
  const ofSales = Math.min(sales, all);
  const ofCover = Math.min(coverOf(amount), Math.max(0, all - sales - amount));
  return { all, sales: ofSales, cover: ofCover, gift: all - ofSales - ofCover };
}

/** Whether a gift of several parts went back in several months. */
function isSplitByOrder({ paymentId, amount, sales }: PaidGift, { movements }: Facts): boolean {
  const back = movements.filter((each) => each.paymentId === paymentId && each.type !== 'charge');
  return coverOf(amount) + sales > 0 && new Set(back.map(({ at }) => hongKongMonthOf(at))).size > 1;
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

/** Hong Kong is eight hours ahead, all year. */
function hongKongMonthOf(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
}
