import type Stripe from 'stripe';
import { runWork } from '#apps/workers/run-work.ts';
import { addUp } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { toMetadata } from '#payments/checkout/metadata.ts';
import type { RefreshContext } from '#payments/disputes/refresh-dispute.ts';
import type { Table } from '#platform/table/table.ts';
import { startLocalStripe } from '../../infra/local/stripe/server.ts';
import { nobody, payOnPage } from './local-stripe.ts';
import { aCheckout, now, store, webhookOn } from './payments.ts';
import { readableLedger } from './readable-ledger.ts';
import { secretKey } from './site.ts';
import { everything } from './table.ts';

/** A payment at Stripe. */
export interface Paid {
  readonly checkout: ReturnType<typeof aCheckout>;
  readonly paymentId: string;
  readonly chargeId: string;
}

/** A local Stripe on a clock that stands, where gifts are paid and banks dispute them. Its events are taken from its list. */
export async function openDisputeStory() {
  let time = now.getTime();
  const server = await startLocalStripe({
    port: { port: 0 },
    secretKey,
    webhookUrl: nobody,
    webhookSecret: 'whsec_nobody',
    accountName: 'Test',
    clock: () => time,
  });
  const stripe = openStripe(secretKey, server.url);
  const clock = () => new Date(time);
  const control = async (path: string, form: Record<string, string>) => {
    const answer = await fetch(`${server.url}/__local/${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    time += 86_400_000;
  };
  const disputeOf = async ({ chargeId }: Paid) => {
    const [dispute] = (await stripe.disputes.list({ charge: chargeId })).data;
    if (!dispute) throw new Error(`Nobody disputes ${chargeId}.`);
    return dispute;
  };
  return {
    server,
    stripe,
    clock,
    pass: (days: number) => {
      time += days * 86_400_000;
    },
    disputeOf,
    /** Pays HK$500 or another amount; `ours` false pays without our key. */
    pay: async (number: number, { amount = 50_000, ours = true } = {}): Promise<Paid> => {
      const checkout = aCheckout(number, { amount });
      const metadata = ours ? toMetadata(checkout) : {};
      const session = await stripe.checkout.sessions.create({
        mode: 'payment',
        customer_email: 'juniper@example.org',
        line_items: [
          {
            quantity: 1,
            price_data: { currency: 'hkd', unit_amount: amount, product_data: { name: 'Gift' } },
          },
        ],
        metadata,
        payment_intent_data: { metadata },
        expires_at: Math.floor(time / 1000) + 7200,
        success_url: 'https://give.example.org/thanks',
      });
      await payOnPage(server, session.id);
      const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
      const intent = paid.payment_intent as Stripe.PaymentIntent;
      time += 86_400_000;
      return { checkout, paymentId: intent.id, chargeId: intent.latest_charge as string };
    },
    /** The payer's bank disputes a payment, or asks about it. A day passes, as after each step. */
    dispute: async ({ chargeId }: Paid, form: { kind?: 'inquiry'; amount?: string } = {}) =>
      control(`charges/${chargeId}/dispute`, form),
    /** The bank goes on. */
    move: async (paid: Paid, step: string, form: { amount?: string; fee?: 'back' } = {}) =>
      control(`disputes/${(await disputeOf(paid)).id}/move`, { step, ...form }),
    /** Every event of some types, oldest first. */
    events: async (prefix: string): Promise<Stripe.Event[]> => {
      const { data } = await stripe.events.list({ type: `${prefix}*`, limit: 100 });
      return data.reverse();
    },
    /** What tests call Stripe's balance transactions: `txn 1` is the first that a dispute moved. */
    names: async (...paid: readonly Paid[]): Promise<Record<string, string>> => {
      const disputes = (await stripe.disputes.list({ limit: 100 })).data.reverse();
      const moved = disputes.flatMap(({ balance_transactions: transactions }) => transactions);
      return Object.fromEntries([
        ...paid.map(({ paymentId }, index) => [paymentId, `gift ${index + 1}`]),
        ...moved.map(({ id }, index) => [id, `txn ${index + 1}`]),
      ]);
    },
    close: () => server.close(),
  };
}

export type DisputeStory = Awaited<ReturnType<typeof openDisputeStory>>;

/** Our side of a story: a table to which Stripe's events are delivered. */
export function booksOn(table: Table, story: DisputeStory, changes: Partial<RefreshContext> = {}) {
  const ctx: RefreshContext = {
    table,
    stripe: story.stripe,
    clock: story.clock,
    random: Math.random,
    ...changes,
  };
  const webhook = webhookOn(table, { clock: story.clock });
  const deliver = async (event: object) => {
    const answer = await webhook.deliver(event);
    if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status}.`);
    return ((await answer.json()) as { outcome: string }).outcome;
  };
  const waiting = async () =>
    (await everything(table, 'outbox'))
      .filter(({ object, list }) => object && list)
      .map(({ key }) => String(key));
  const reported = new Set<string>();
  return {
    ctx,
    deliver,
    waiting,
    refresh: (key: string) => runWork(key, ctx),
    book: async (...paid: readonly Paid[]) => {
      for (const { checkout } of paid) await store(table, checkout);
      for (const event of await story.events('checkout.session.completed')) await deliver(event);
    },
    /** Delivers all new events of disputes, and does every refresh that waits. */
    follow: async () => {
      for (const event of await story.events('charge.dispute.')) {
        if (!reported.has(event.id)) await deliver(event);
        reported.add(event.id);
      }
      const outcomes: string[] = [];
      for (const key of await waiting()) outcomes.push(await runWork(key, ctx));
      return outcomes;
    },
    /** What stands in the books, without what depends on clocks and attempts. */
    read: async (names: Readonly<Record<string, string>>) => {
      const totals = addUp((await everything(table, 'totals')).map(fromTotalsItem), undefined);
      const gifts = (await everything(table, 'payment')).map(({ paymentId, disputed, disputeOpen }) => [
        names[String(paymentId)],
        { disputed: disputed ?? 0, disputeOpen: disputeOpen ?? false },
      ]);
      const disputes = await everything(table, 'dispute');
      return {
        ledger: await readableLedger(table, names),
        raised: totals.raised,
        supporters: totals.supporters,
        months: totals.months,
        gifts: Object.fromEntries(gifts) as Record<string, { disputed: number; disputeOpen: boolean }>,
        statuses: disputes.map(({ status }) => status).sort(),
      };
    },
  };
}
