import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type Stripe from 'stripe';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { toCampaignItem } from '#giving/campaigns/campaign-item.ts';
import {
  type LatestGift,
  latestCount,
  toLatestCommentsItem,
  toLatestGiftsItem,
} from '#giving/latest-gifts/latest-gifts-item.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { fromOutboxItem, requireKind } from '#kernel/outbox/outbox-item.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { sessionEvent, webhookOn } from './payments.ts';
import { gift, postCheckout, siteOn } from './site.ts';
import { standIn } from './stand-in.ts';
import type { Meter } from './write-meter.ts';

const slug = 'lai-chi-kok-warehouse';
const site = 'https://give.example.org';

/** As many Chinese characters as asked for, three bytes each. */
function chinese(characters: number): string {
  return '願大家平安健康一起撐下去倉庫的燈一直亮著'.repeat(characters).slice(0, characters);
}

/** A person who fills in all there is: a long name, a comment of 300 characters, consent. */
export const fullRequest = {
  ...gift,
  coverFee: true,
  name: chinese(12),
  language: 'zh-HK',
  message: chinese(300),
  marketingConsent: true,
};

/** Writes the campaign with its twenty newest gifts, each with a name of twelve characters and a comment of the given length. */
export async function storeFullCampaign(table: Table, { words }: { words: number }): Promise<void> {
  const campaign = demoCampaigns(new Date()).find((each) => each.slug === slug);
  if (!campaign) throw new Error(`The demonstration has no campaign ${slug}.`);
  const latest = Array.from({ length: latestCount }, (_, index): LatestGift => {
    const at = `2026-11-${String(20 - index).padStart(2, '0')}T12:00:00.000Z`;
    const message = words > 0 ? chinese(words) : null;
    return {
      order: `${at}#${stripeId('pi', index)}`,
      gift: { name: chinese(12), amount: 50_000, message, frequency: 'once', at },
    };
  });
  for (const Item of [
    toCampaignItem(campaign),
    toLatestGiftsItem(slug, latest, 1),
    toLatestCommentsItem(slug, latest),
  ]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
}

/** An id as long as Stripe's are. */
function stripeId(prefix: string, number: number): string {
  return `${prefix}_${String(number).padStart(24, '3')}`;
}

/** A gift on its way: its checkout, its payment, and the event by which Stripe reports it. */
export interface StartedGift {
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly event: object;
}

/**
 * Starts a gift by the form, and makes the event that follows when it is paid.
 * @param form sends the form; what is asked of the table besides is not the product's
 */
export async function startGift(
  table: Table,
  number: number,
  request: object = fullRequest,
  form: (send: () => Promise<Response>) => Promise<Response> = (send) => send(),
): Promise<StartedGift> {
  const app = siteOn(table, '', {
    stripe: () => Promise.resolve(stripeStandIn(number)),
    site,
    // A network of its own: many gifts from one are slowed.
    addressOf: () => `192.0.2.${number}`,
  });
  const started = await form(() => postCheckout(app, request, { key: `key-${number}` }));
  if (started.status !== 201) throw new Error(`The form answered ${started.status}: ${await started.text()}`);
  const { checkoutId } = (await started.json()) as { checkoutId: string };
  const key = keys.checkout(checkoutId);
  const item = (await readItems(table, [key])).itemAt(key);
  if (!item) throw new Error('The checkout was not written.');
  const paymentId = stripeId('pi', number);
  const event = sessionEvent(fromCheckoutItem(item), {
    session: { payment_intent: paymentId },
    event: { id: stripeId('evt', number) },
    created: new Date(),
  });
  return { checkoutId, paymentId, event };
}

/**
 * Takes one gift from the form to the sent mail through the product's own code, one step after the other.
 *
 * @param meter counts the requests and writes of each step
 * @param request what the donor sends
 */
export async function giveMetered(table: Table, meter: Meter, number = 1, request: object = fullRequest) {
  const { paymentId, event } = await startGift(table, number, request, (send) =>
    meter.step('form and Session', send),
  );
  const webhook = webhookOn(table, { clock: () => new Date() });
  const answer = await meter.step('webhook', () => webhook.deliver(event));
  if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status}.`);
  const giftItem = (await readItems(table, [keys.payment(paymentId)])).itemAt(keys.payment(paymentId));
  if (!giftItem) throw new Error('The gift was not written.');
  await meter.step('projector', () =>
    projectPayments({ slug, gifts: [fromPaymentItem(giftItem)] }, { table }),
  );
  const outboxAt = keys.outbox(giftReceivedKey(paymentId));
  const outboxItem = (await readItems(table, [outboxAt])).itemAt(outboxAt);
  if (!outboxItem) throw new Error('The message was not written.');
  const { key, ...about } = requireKind(fromOutboxItem(outboxItem), 'mail');
  const ctx = {
    table,
    siteUrl: site,
    clock: () => new Date(),
    send: () => Promise.resolve({ kind: 'sent', resendId: 'resend-id' } as const),
  };
  const mailed = await meter.step('mailer', () => sendMail(key, ctx, about));
  if (mailed.kind !== 'sent') throw new Error(`The mail was not sent: ${mailed.kind}.`);
}

/** Makes Sessions with ids and addresses as long as Stripe's (its example of a Session's `url` has some 250 characters). */
export function stripeStandIn(number: number): Stripe {
  const id = `cs_live_${String(number).padStart(58, 'a')}`;
  const url = `https://checkout.stripe.com/c/pay/${id}#${'f'.repeat(200)}`;
  return standIn({ checkout: { sessions: { create: () => Promise.resolve({ id, url }) } } });
}
