import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { hongKongMonth, monthsBetween } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import type { Account } from '../local/stripe/account/account.ts';
import { balanceOf } from '../local/stripe/objects/balance-transactions.ts';
import { allowsPayoutStep, movePayout, payOut } from '../local/stripe/objects/payouts.ts';
import { type DemoWorld, type Happening, takeEvents } from './past.ts';

/** Stripe pays out on these days of a month, at nine in the morning in Hong Kong: a year of more would take the start too long. */
const payoutDays = ['01'];
const day = 86_400_000;

/**
 * Stripe's payouts to the bank, which arrive the day after and are compared with the books then.
 * @param begin when the books begin
 */
export function demoPayouts(begin: Date, now: Date): Happening[] {
  return monthsBetween(hongKongMonth(begin), hongKongMonth(now))
    .flatMap((month) => payoutDays.map((dayOf) => new Date(`${month}-${dayOf}T09:00:00+08:00`)))
    .map((at) => ({ at, arrival: new Date(at.getTime() + day) }))
    .filter(({ arrival }) => arrival <= now)
    .flatMap(({ at, arrival }) => [
      { at, play: leave },
      { at: arrival, play: arrive },
    ]);
}

async function leave({ stripe }: DemoWorld, at: Date): Promise<void> {
  await stripe.inThePast(at, (account) => {
    if (heldBy(account) > 0) payOut(account);
  });
}

async function arrive(world: DemoWorld, at: Date): Promise<void> {
  const { table, stripe, client } = world;
  const events = await stripe.inThePast(at, (account) => {
    const onTheWay = account.store.payouts.newestFirst().filter((each) => allowsPayoutStep(each, 'pay'));
    for (const payout of onTheWay) {
      movePayout(account, payout, 'pay');
      movePayout(account, payout, 'reconcile');
    }
  });
  if (events.length === 0) return;
  await takeEvents(events, at, world);
  await matchPayouts({ table, stripe: client, now: at });
}

function heldBy(account: Account): number {
  const { available, pending } = balanceOf(account);
  return sum([...available, ...pending].map(({ amount }) => amount));
}
