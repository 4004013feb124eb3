import type Stripe from 'stripe';
import { Attempts } from '#kernel/attention/attempt-each.ts';
import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { keepPeople } from '#kernel/people/keep-people.ts';
import type { CheckoutStatus } from '#payments/checkout/checkout.ts';
import { expireCheckout, failCheckout, processCheckout } from '#payments/checkout/settle-checkout.ts';
import { count } from '#platform/log.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { listOtherCurrencySession } from './list-other-currency-session.ts';
import { type ListedSession, listSessions } from './read-sessions.ts';
import { receivePayment } from './receive-payment.ts';
import type { RecordGift } from './record-gift.ts';

/** What the look at Stripe's Sessions needs from the outside. */
export interface CheckSessions extends RecordGift {
  readonly stripe: Stripe;
}

/** How many Sessions were looked at, and how many checkouts had to be settled, or could not be. */
export interface CheckedSessions {
  readonly read: number;
  readonly repaired: number;
  readonly failed: number;
}

const hour = 3_600_000;
/** The longest that a payment is worked on by a bank, with days to spare. */
const lookedBack = 35 * 24 * hour;
/** What is younger is on its way: delivered, or taken up by the hourly sweep of events. */
const onItsWay = 3 * hour;
const batchSize = 50;

/**
 * Finds checkouts that stand elsewhere than their Session because its events were lost and are older than Stripe's list of them:
 * paid, failed or expired at Stripe, and here still open or processing. Stripe is the list, so no checkout stands in one of ours
 * and the giving path writes nothing for it. A checkout whose Session was never made cannot be paid and is left alone.
 *
 * @throws Error at the end when a checkout could not be settled, so that the alarm on errors rings; the others were
 */
export async function checkSessions(deps: CheckSessions): Promise<CheckedSessions> {
  const { stripe, now } = deps;
  const window = { from: new Date(now.getTime() - lookedBack), until: new Date(now.getTime() - onItsWay) };
  const checked = { read: 0, repaired: 0 };
  const attempts = new Attempts(deps);
  let batch: ListedSession[] = [];
  const takeAll = async (batch: readonly ListedSession[]) => {
    checked.read += batch.length;
    const paid = batch.filter(({ state }) => state === 'paid');
    const wanted = [
      ...batch.map(({ checkoutId }) => keys.checkout(checkoutId)),
      ...paid.map(({ checkoutId }) => keys.person(checkoutId)),
    ];
    const read = await readItems(deps.table, wanted, { consistent: true });
    for (const session of batch) {
      const status = read.itemAt(keys.checkout(session.checkoutId))?.status as CheckoutStatus | undefined;
      await attempts.one('session', session.sessionId, async () => {
        if (await settle(session, status, deps)) checked.repaired += 1;
      });
    }
    // The projector does this as soon as a gift is booked; what it has lost would end the data of somebody who gave.
    const nameOf = ({ checkoutId }: ListedSession) => checkoutId;
    await attempts.each('person', paid, nameOf, ({ checkoutId }) =>
      keepPeople(deps.table, [read.itemAt(keys.person(checkoutId))]),
    );
  };
  const take = async () => {
    const taken = batch;
    batch = [];
    await attempts.one('sessions-from', taken[0]?.sessionId ?? 'nothing', () => takeAll(taken));
  };
  await attempts.one('list-of-sessions', window.from.toISOString(), async () => {
    for await (const session of listSessions(stripe, window)) {
      batch.push(session);
      if (batch.length === batchSize) await take();
    }
  });
  // Of a list that breaks off, what was read of it is settled.
  await take();
  attempts.end('checkouts could not be settled.');
  return { ...checked, failed: attempts.failed };
}

/** Brings a checkout to where its Session stands. */
async function settle(
  session: ListedSession,
  status: CheckoutStatus | undefined,
  deps: CheckSessions,
): Promise<boolean> {
  if (session.state === 'other-currency') {
    const { checkoutId, told } = session;
    return (await listOtherCurrencySession({ ...told, checkoutId }, deps)) === 'listed';
  }
  const outcome = await bring(session, status, deps);
  if (outcome === undefined || outcome === 'unchanged' || outcome === 'duplicate') return false;
  // A payment without its checkout waits an hour and is then listed under a name of its own.
  if (outcome === 'parked') return true;
  const { checkoutId, sessionId } = session;
  const attention = { kind: 'checkout-repaired', id: sessionId, checkoutId, at: deps.now } as const;
  // One that was processing some nights ago may be paid now: whoever settled the first has not seen that.
  await writeOne(deps.table, { put: toAttentionItem({ ...attention, reason: outcome }) });
  count('CheckoutRepaired', { sessionId, state: session.state, outcome });
  return true;
}

async function bring(
  session: Exclude<ListedSession, { state: 'other-currency' }>,
  status: CheckoutStatus | undefined,
  deps: CheckSessions,
): Promise<string | undefined> {
  const { table, now } = deps;
  const { checkoutId } = session;
  if (session.state === 'paid') {
    const isSettled = status === 'paid' || status === 'refunded';
    return isSettled || !(await isUnbooked(session.paid.paymentId, deps))
      ? undefined
      : receivePayment(session.paid, deps);
  }
  if (status !== 'open' && status !== 'processing') return undefined;
  switch (session.state) {
    case 'expired':
      return status === 'open' ? expireCheckout(table, checkoutId, now) : undefined;
    case 'failed':
      return failCheckout(table, checkoutId, now);
    case 'processing':
      return status === 'open' ? processCheckout(table, checkoutId, now) : undefined;
    case 'waiting':
      return undefined;
  }
}

/** Neither booked nor already listed for a person, who would else be told each night. */
async function isUnbooked(paymentId: string, { table }: CheckSessions): Promise<boolean> {
  const known = [keys.gift(paymentId), keys.attention('parked-with-our-key', paymentId)];
  const read = await readItems(table, known, { consistent: true });
  return known.every((key) => !read.itemAt(key));
}
