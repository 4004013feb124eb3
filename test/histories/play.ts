import type Stripe from 'stripe';
import { closeMonth } from '#accounting/months/close-month.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { toNewPersonItem } from '#kernel/people/person-item.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { CheckoutLine } from '#payments/checkout/checkout.ts';
import { toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { openSession } from '#payments/checkout/open-session.ts';
import { hongKongMonth, nextMonth } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { putNew } from '#platform/table/write-one.ts';
import { payOnPage } from '../support/local-stripe.ts';
import { aCheckout, aPerson } from '../support/payments.ts';
import { postCheckout, siteOn } from '../support/site.ts';
import { coverOf } from './bookkeeping.ts';
import { deliver } from './deliver.ts';
import { disburse } from './disburse.ts';
import { campaigns, type History, type PaidGift } from './history.ts';
import { receive } from './receive.ts';
import type { Step } from './steps.ts';
import { work } from './work.ts';

const finance = { id: 'sub-finance', roles: ['finance'] } as const;

/** A word of each private string: names of donors who hide theirs, and every address. */
export const privateWords = {
  hidden: 'Featherstone',
  shown: 'Openhand',
  email: 'hidden-marker.example',
} as const;

/** Takes one step of a history, in ten minutes. */
export async function play(history: History, step: Step): Promise<void> {
  history.crashes.begin(step.crash);
  await take(history, step);
  history.crashes.begin(undefined);
  if (step.do === 'give') await keepStarted(history);
  history.pass(10);
}

/** Records the newest checkout and its person before any event reports them. */
async function keepStarted({ table, gifts, started }: History): Promise<void> {
  const { checkoutId } = gifts.at(-1) as PaidGift;
  const wanted = [keys.checkout(checkoutId), keys.person(checkoutId)];
  const read = await readItems(table, wanted, { consistent: true });
  started.push(...wanted.flatMap((key) => read.itemAt(key) ?? []));
}

async function take(history: History, step: Step): Promise<void> {
  switch (step.do) {
    case 'give':
      return give(history, step);
    case 'receive':
      return receive(history, step);
    case 'refund':
      return refund(history, step);
    case 'fail-refund': {
      const refund = around((await history.truth.refunds.list({ limit: 100 })).data.reverse(), step.refund);
      if (refund) await history.control(`refunds/${refund.id}/fail`);
      return;
    }
    case 'dispute': {
      const gift = around(history.gifts, step.gift);
      const claimed = { all: 1, less: 0.6, more: 1.2 }[step.claims];
      if (!gift) return;
      const amount = String(Math.floor(gift.amount * claimed));
      await history.control(`charges/${gift.chargeId}/dispute`, { kind: step.kind, amount });
      return;
    }
    case 'move-dispute':
      return moveDispute(history, step);
    case 'pay-out':
      return payOut(history, step.isExplained);
    case 'move-payout': {
      const payout = around((await history.truth.payouts.list({ limit: 100 })).data.reverse(), step.payout);
      if (payout) await history.control(`payouts/${payout.id}/move`, { step: step.to });
      return;
    }
    case 'deliver':
      return deliver(history, step);
    case 'work':
      return work(history, step.task);
    case 'pass':
      return pass(history, step.days);
    case 'close-month':
      return closeLastMonth(history);
    case 'disburse':
      return disburse(history, campaigns[step.campaign] ?? campaigns[0], step.amount);
  }
}

/** Sweeps run every five minutes, so none of what waits for one is older than that when days pass. */
async function pass(history: History, days: number): Promise<void> {
  history.pass(61);
  if (history.waiting.size > 0) await work(history, 'sweep');
  if (history.crashes.hasEnded) {
    history.crashes.begin(undefined);
    history.pass(5);
    await work(history, 'sweep');
  }
  history.pass(days * 24 * 60);
}

/** Gives from the form and pays; after a crash the donor sends the form again. */
async function give(history: History, step: Extract<Step, { do: 'give' }>): Promise<void> {
  const number = history.gifts.length + 1;
  const campaign = campaigns[step.campaign] ?? campaigns[0];
  const site = siteOn(history.table, history.server.url, {
    stripe: () => Promise.resolve(history.stripe),
    clock: history.clock,
    addressOf: () => `192.0.2.${number}`,
  });
  const sales = step.sales ?? 0;
  const donor =
    step.donor === undefined ? `donor-${number}` : `${sales > 0 ? 'buyer' : 'friend'}-${step.donor}`;
  const body = {
    amount: step.amount,
    frequency: 'once',
    name: `Quill ${privateWords.hidden} ${number}`,
    displayName: `Quill ${step.hidden ? privateWords.hidden : privateWords.shown} ${number}`,
    email: `${donor}@${privateWords.email}`,
    again: true,
    language: number % 2 ? 'en' : 'zh-HK',
    hideName: step.hidden,
    ...(coverOf(step.amount) > 0 && { coverFee: true }),
  };
  const order = { number, campaign, amount: step.amount, sales, donor, hidden: step.hidden };
  const send = () =>
    sales > 0
      ? openOrder(history, order)
      : postCheckout(site, body, { key: `gift-${number}`, slug: campaign });
  let answer = await send();
  if (history.crashes.hasEnded) {
    if (answer.ok) history.faults.push('A checkout was answered by a process that had ended.');
    history.crashes.begin(undefined);
    answer = await send();
  }
  if (answer.status !== 201) throw new Error(`The form answered ${answer.status}: ${await answer.text()}`);
  const { checkoutId, checkoutUrl } = (await answer.json()) as { checkoutId: string; checkoutUrl: string };
  const sessionId = new URL(checkoutUrl).pathname.split('/').at(-1) ?? '';
  await payOnPage(history.server, sessionId);
  // Stripe writes the charge's balance transaction a second later.
  history.pass(1);
  const session = await history.truth.checkout.sessions.retrieve(sessionId, { expand: ['payment_intent'] });
  const intent = session.payment_intent as Stripe.PaymentIntent;
  history.gifts.push({
    number,
    campaign,
    amount: step.amount,
    sales,
    donor,
    checkoutId,
    paymentId: intent.id,
    chargeId: intent.latest_charge as string,
  });
}

/** Opens the payment page of an order of tickets with a gift, for which there is no form yet. */
async function openOrder(
  history: History,
  order: Pick<PaidGift, 'number' | 'campaign' | 'amount' | 'sales' | 'donor'> & { readonly hidden: boolean },
): Promise<Response> {
  const { number, campaign, amount, sales, donor, hidden } = order;
  const now = history.clock();
  const cover = coverOf(amount);
  const checkout = aCheckout(number, {
    fund: campaign,
    lines: [
      { kind: 'ticket', type: 'usual', quantity: 1, amount: sales },
      { kind: 'gift', amount },
      ...(cover > 0 ? [{ kind: 'cover', amount: cover } as const] : []),
    ],
    donor: `dnr_${(donor.startsWith('buyer') ? `a${donor.at(-1)}` : String(number).padStart(2, 'b')).repeat(16)}`,
    createdAt: now,
    expiresAt: new Date(now.getTime() + 7_200_000),
  });
  const word = hidden ? privateWords.hidden : privateWords.shown;
  const person = aPerson(checkout, {
    name: `Quill ${privateWords.hidden} ${number}`,
    displayName: `Quill ${word} ${number}`,
    email: `${donor}@${privateWords.email}`,
    hideName: hidden,
  });
  try {
    const { table } = history;
    await putNew(table, toCheckoutItem(checkout));
    await putNew(table, toNewPersonItem(person, now));
    const wanted = { checkout, email: person.email, titleOf: ({ kind }: CheckoutLine) => kind };
    const { id, url } = await openSession(wanted, { table, stripe: () => Promise.resolve(history.stripe) });
    return Response.json({ checkoutId: id, checkoutUrl: url }, { status: 201 });
  } catch (error) {
    if (!history.crashes.hasEnded) throw error;
    return new Response(null, { status: 500 });
  }
}

async function refund(history: History, step: Extract<Step, { do: 'refund' }>): Promise<void> {
  const gift = around(history.gifts, step.gift);
  if (!gift) return;
  const amount = { all: undefined, half: Math.floor(gift.amount / 2), 'a cent': 1 }[step.part];
  if (step.by === 'dashboard') {
    await history.control(
      `charges/${gift.chargeId}/refund`,
      amount === undefined ? {} : { amount: String(amount) },
    );
    return;
  }
  history.staffRefunds += 1;
  const key = `refund-${history.staffRefunds}`;
  const staff = createStaffApp({
    random: Math.random,
    table: history.table,
    clock: history.clock,
    actorOf: () => finance,
    stripe: () => Promise.resolve(history.stripe),
  });
  const ask = async () =>
    staff.request(`/api/staff/gifts/${gift.paymentId}/refunds`, {
      method: 'POST',
      body: JSON.stringify({ ...(amount !== undefined && { amount }), reason: 'requested-by-giver' }),
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
    });
  let answer = await ask();
  if (history.crashes.hasEnded && step.again) {
    history.crashes.begin(undefined);
    answer = await ask();
  }
  const isAnswered = answer.status < 500 && answer.status !== 202;
  if (!isAnswered) history.waiting.add('requests');
  history.asked.push({ ask, isAnswered });
}

async function moveDispute(history: History, step: Extract<Step, { do: 'move-dispute' }>): Promise<void> {
  const dispute = around((await history.truth.disputes.list({ limit: 100 })).data.reverse(), step.dispute);
  if (!dispute) return;
  const part = String(Math.max(1, Math.floor(dispute.amount / 3)));
  const form: Record<string, string> =
    step.to === 'win a part'
      ? { step: 'win', amount: part }
      : step.to === 'win with the fee'
        ? { step: 'win', fee: 'back' }
        : { step: step.to };
  await history.control(`disputes/${dispute.id}/move`, form);
}

async function payOut(history: History, isExplained: boolean): Promise<void> {
  const payout = await history.control<Stripe.Payout>('payouts');
  if (payout && isExplained) await history.control(`payouts/${payout.id}/move`, { step: 'reconcile' });
}

/** Closes the month before on the tenth of a month, if nothing of it is open. */
async function closeLastMonth(history: History): Promise<void> {
  const month = hongKongMonth(history.clock());
  const tenth = new Date(`${nextMonth(month)}-10T04:00:00Z`);
  await pass(history, (tenth.getTime() - history.clock().getTime()) / 86_400_000);
  const mayClose = permit(finance, 'month.close');
  try {
    await closeMonth({ month, permit: mayClose }, { table: history.table, now: history.clock() });
  } catch (error) {
    if (!(error instanceof Problem) && !history.crashes.hasEnded) throw error;
  }
}

function around<T>(items: readonly T[], number: number): T | undefined {
  return items[number % Math.max(1, items.length)];
}
