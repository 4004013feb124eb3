import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { openSession } from '#payments/checkout/open-session.ts';
import type { Payment } from '#payments/payment/payment.ts';
import type { Item } from '#platform/table/table.ts';
import { resolvePaymentMethod } from '../local/stripe/objects/payment-methods.ts';
import { paySession } from '../local/stripe/objects/payments.ts';
import type { DemoGift } from './gifts.ts';
import { type DemoWorld, takeEvents } from './past.ts';

/** Plays a gift whose checkout is written: its Session is opened and paid, and Stripe's events are handled. */
export async function give({ checkout, person, title }: DemoGift, world: DemoWorld, at: Date): Promise<void> {
  const { table, stripe, client } = world;
  const events = await stripe.inThePast(at, async (account) => {
    const opened = await openSession(
      { checkout, email: person.email, titleOf: () => title },
      {
        table,
        stripe: () => Promise.resolve(client),
      },
    );
    const session = account.store.sessions.find(opened.sessionId);
    if (!session) throw new Error(`Demonstration gift ${checkout.id}: it has no Session.`);
    paySession(account, session, resolvePaymentMethod(account, 'pm_card_visa', person), person);
  });
  const outcomes = await takeEvents(events, at, world);
  if (!outcomes.includes('booked')) {
    throw new Error(`Demonstration gift ${checkout.id}: ${outcomes.join(', ')}.`);
  }
}

/**
 * The thank-you mail of a gift as the mailer leaves it: sent, and in no list of those that wait. To write each one anew would take
 * as long as the gifts, and nobody reads it.
 */
export function sentThanks({ paymentId, checkoutId, at }: Payment): Item {
  const key = giftReceivedKey(paymentId);
  const waiting = toOutboxItem({
    kind: 'mail',
    key,
    template: 'gift-received',
    paymentId,
    checkoutId,
    createdAt: at,
  });
  const { list: _list, listOrder: _order, ...sent } = waiting;
  return { ...sent, sentAt: at.toISOString() };
}
