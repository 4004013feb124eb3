import { campaignInPath } from '#giving/campaigns/campaign-input.ts';
import { amountOf, type Checkout, partsOf } from '#payments/checkout/checkout.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { Problem } from '#platform/errors.ts';
import { reply } from '#platform/http/endpoint.ts';
import { inPath, unreadJson } from '#platform/http/input.ts';
import { isCheckoutId } from '#platform/id-shapes.ts';
import { stripeOfRequest } from '#platform/stripe/deadline.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { publicEndpoint } from '#platform/web/public-endpoint.ts';
import type { CheckoutAnswer, StartedCheckoutAnswer } from './checkout-answer.ts';
import { giftCheckoutSchema } from './checkout-request.ts';
import { startGiftCheckout } from './start-checkout.ts';

const start = publicEndpoint({
  id: 'startGiftCheckout',
  method: 'post',
  path: '/api/campaigns/{slug}/checkouts',
  tag: 'Checkouts',
  summary: 'Start to give',
  description:
    'Opens a payment page at Stripe; send the donor to its address. Nothing is booked before Stripe says that the money was taken.',
  input: {
    slug: campaignInPath(),
    body: unreadJson(
      { GiftCheckout: giftCheckoutSchema },
      {
        amount: 50_000,
        frequency: 'once',
        name: 'Juniper Example',
        displayName: 'Juniper',
        email: 'juniper@example.org',
        language: 'en',
        coverFee: true,
        hideAmount: true,
      },
    ),
  },
  answerName: 'StartedCheckout',
  statuses: { 201: 'The checkout, and where to pay.' },
  problems: [
    'not-found',
    'campaign-closed',
    'checkout-in-progress',
    'checkout-over',
    'not-offered',
    'idempotency-key-reused',
    'again',
    'too-many-checkouts',
    'minimum-raised',
    'payments-unavailable',
  ],
  run: async ({ slug, body }, { idempotencyKey, address, ...ctx }) => {
    const caller = { address: address(), idempotencyKey };
    const stripe = stripeOfRequest(ctx);
    const { id, url } = await startGiftCheckout({ slug, body, caller }, { ...ctx, stripe });
    return reply<StartedCheckoutAnswer>({ checkoutId: id, checkoutUrl: url }, { status: 201 });
  },
});

const read = publicEndpoint({
  id: 'getCheckout',
  method: 'get',
  path: '/api/checkouts/{checkoutId}',
  tag: 'Checkouts',
  summary: 'The state of a checkout',
  description: 'Ask again until it is neither `open` nor `processing`. No personal data is answered.',
  input: {
    checkoutId: inPath({
      description: 'The id that starting the checkout answered.',
      schema: { type: 'string', pattern: '^chk_[0-9a-f]{32}$' },
      example: 'chk_0123456789abcdef0123456789abcdef',
    }),
  },
  answerName: 'Checkout',
  statuses: { 200: 'The state of the checkout. Never cached.' },
  problems: ['not-found'],
  run: async ({ checkoutId }, { table }): Promise<CheckoutAnswer> => {
    const checkout = await knownCheckout(checkoutId, table);
    const { status, subject, fund } = checkout;
    const campaign = subject.kind === 'campaign' ? fund : undefined;
    return {
      status,
      amount: amountOf(checkout),
      cover: partsOf(checkout).cover,
      subject,
      ...(campaign && { campaign }),
    };
  },
});

export const checkoutApi = [start, read];

async function knownCheckout(id: string, table: Table): Promise<Checkout> {
  const key = keys.checkout(id);
  const item = isCheckoutId(id)
    ? (await readItems(table, [key], { consistent: true })).itemAt(key)
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such checkout.');
  return fromCheckoutItem(item);
}
