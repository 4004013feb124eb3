import Stripe from 'stripe';
import { addUp } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, readItems, type Table } from '#platform/table/table.ts';
import { aCheckout, now, sessionEvent, store, webhookOn } from './payments.ts';
import { everything } from './table.ts';

export const slug = 'lai-chi-kok-warehouse';
export const paymentId = 'pi_00000001';

/** Days after the moment of the tests. */
export const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);

/** Books a gift of HK$500.00 from checkout 1 through the webhook. */
export async function bookGift(table: Table): Promise<void> {
  await store(table, aCheckout(1));
  const answer = await webhookOn(table).deliver(sessionEvent(aCheckout(1)));
  if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status}.`);
}

/** A refund as this version of Stripe's events carries it. */
export function aRefund(number: number, changes: Partial<Stripe.Refund> = {}): Stripe.Refund {
  return {
    id: `re_${number}`,
    object: 'refund',
    amount: 20_000,
    balance_transaction: `txn_re_${number}`,
    charge: 'ch_1',
    created: Math.floor(days(number).getTime() / 1000),
    currency: 'hkd',
    customer: null,
    customer_account: null,
    metadata: {},
    payment_intent: paymentId,
    payment_method: 'pm_1',
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
    ...changes,
  } as Stripe.Refund;
}

/** An event of Stripe's about a refund. */
export function refundEvent(
  type: 'refund.created' | 'refund.updated' | 'refund.failed',
  object: object,
  options: { at?: Date; previous?: object } = {},
) {
  const { id = '' } = object as { id?: string };
  return {
    id: `evt_${type}_${id}_${options.at?.getTime() ?? 0}`,
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: Math.floor((options.at ?? now).getTime() / 1000),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
    data: { object, ...(options.previous && { previous_attributes: options.previous }) },
  };
}

/** Everything that the books say, without what depends on clocks and on which shard was drawn. */
export async function booksOf(table: Table) {
  // Which months were touched late is no part of the books.
  const left: readonly unknown[] = ['totals', 'touched-month'];
  const items = (await everything(table)).filter(({ entity }) => !left.includes(entity));
  const shards = (await everything(table, 'totals')).map(fromTotalsItem);
  return { totals: addUp(shards, undefined), items: items.map(withoutClocks).sort(byKey) };
}

function withoutClocks({ createdAt: _, parkedAt: _p, list: _l, listOrder: _o, ...item }: Item): Item {
  return item.entity === 'attention' ? { ...item, at: '' } : item;
}

function byKey(a: Item, b: Item): number {
  return a.pk + a.sk < b.pk + b.sk ? -1 : 1;
}

/** How a gift, its checkout and its campaign's totals stand. */
export async function standing(table: Table) {
  const [giftAt, checkoutAt] = [keys.payment(paymentId), keys.checkout(aCheckout(1).id)];
  const read = await readItems(table, [giftAt, checkoutAt], { consistent: true });
  const { raised, supporters, months } = (await booksOf(table)).totals;
  return {
    refunded: read.itemAt(giftAt)?.refunded ?? 0,
    reserved: read.itemAt(giftAt)?.refundReserved ?? 0,
    checkout: read.itemAt(checkoutAt)?.status,
    raised,
    supporters,
    months,
  };
}
