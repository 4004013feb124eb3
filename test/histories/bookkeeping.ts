import type { Facts, Movement } from './facts.ts';
import { campaigns, type PaidGift } from './world.ts';

/** What a donor adds towards the fees of an amount, minor units: every second amount is given so, at 3.4% + HK$2.35. */
export function coverOf(amount: number): number {
  let paid = amount;
  while (amount % 2 === 1 && paid - Math.round((paid * 340) / 10_000) - 235 < amount) paid += 1;
  return paid - amount;
}

/** One entry as it must be: its Hong Kong month, and what it changes. `given` is what was raised and the cover together. */
export interface ExpectedEntry {
  readonly month: string;
  readonly accounts: Readonly<Record<string, number>>;
}

/** How a gift must stand. */
export interface ExpectedGift {
  readonly refunded: number;
  readonly disputed: number;
  readonly disputeOpen: boolean;
  readonly checkout: 'paid' | 'refunded';
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
  for (const { id, campaign, amount } of facts.passedOn) {
    entries[`hand-over ${id}`] = {
      month: '',
      accounts: { [`passed-on:${campaign}`]: amount, bank: -amount },
    };
  }
  return {
    entries,
    gifts: Object.fromEntries(facts.gifts.map((gift) => [gift.paymentId, standingOf(gift, facts)])),
    totals: Object.fromEntries(campaigns.map((slug) => [slug, totalsOf(slug, facts)])),
  };
}

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
    checkout: refunded >= gift.amount + coverOf(gift.amount) ? 'refunded' : 'paid',
  };
}

function totalsOf(slug: string, facts: Facts): ExpectedTotals {
  const own = facts.gifts.filter(({ campaign }) => campaign === slug);
  const months: Record<string, number> = {};
  let cover = 0;
  for (const gift of own) {
    // A refund takes from the gift first, then from the cover, and beyond both from the gift again.
    let taken = 0;
    for (const { type, amount, at, paymentId } of facts.movements) {
      if (paymentId !== gift.paymentId) continue;
      const before = taken;
      taken = type === 'charge' ? 0 : before - amount;
      const covered =
        type === 'charge' ? coverOf(gift.amount) : coverTaken(gift, before) - coverTaken(gift, taken);
      cover += covered;
      const month = hongKongMonthOf(at);
      months[month] = (months[month] ?? 0) + amount - covered;
    }
  }
  const supporters = own.filter((gift) => {
    const { refunded, disputed } = standingOf(gift, facts);
    return refunded + disputed < gift.amount + coverOf(gift.amount);
  });
  return {
    raised: total(Object.values(months)),
    supporters: supporters.length,
    months: own.some((gift) => isSplitByOrder(gift, facts)) ? undefined : months,
    cover,
  };
}

/** Whether a gift with a cover went back in several months. */
function isSplitByOrder({ paymentId, amount }: PaidGift, { movements }: Facts): boolean {
  const back = movements.filter((each) => each.paymentId === paymentId && each.type !== 'charge');
  return coverOf(amount) > 0 && new Set(back.map(({ at }) => hongKongMonthOf(at))).size > 1;
}

function coverTaken({ amount }: PaidGift, taken: number): number {
  return Math.min(coverOf(amount), Math.max(0, taken - amount));
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

/** Hong Kong is eight hours ahead, all year. */
function hongKongMonthOf(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
}
