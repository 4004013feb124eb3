import fc from 'fast-check';
import { eventTable } from '#apps/webhooks/events.ts';
import { resendEventTable } from '#apps/webhooks/resend-events.ts';
import { signatureHeaders } from '../../infra/local/resend/webhooks.ts';
import { aCheckout, sign } from '../support/payments.ts';
import {
  changedAt,
  oddValues,
  pathsOf,
  type SubscribedType,
  subscribedEvents,
} from '../support/subscribed-events.ts';
import type { HostileRequest } from './hostile-request.ts';
import { headerText, oddText, oddValue } from './odd.ts';
import { known } from './product.ts';

const types = Object.keys(eventTable) as SubscribedType[];
const number = fc.integer({ min: 1, max: known.checkouts + 3 });
const changes = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(...oddValues), oddValue)), {
  maxLength: 3,
});

function spoil(event: object, list: readonly (readonly [number, unknown])[]): string {
  let value = event;
  for (const [where, other] of list) {
    const paths = pathsOf(value);
    value = changedAt(value, paths[where % paths.length] ?? [], other);
  }
  return JSON.stringify(value);
}

const stripeBody = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...types), number, changes)
      .map(([type, about, list]) => spoil(subscribedEvents(about)[type], list)),
  },
  { weight: 1, arbitrary: oddText },
  { weight: 1, arbitrary: fc.json() },
);

const resendBody = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...Object.keys(resendEventTable), 'email.delivered'), number, changes)
      .map(([type, about, list]) =>
        spoil(
          {
            type,
            created_at: '2026-11-22T12:00:00Z',
            data: {
              email_id: 'b0a1',
              to: ['stranger@example.net'],
              tags: { checkout: aCheckout(about).id, mail: 'gift-received' },
            },
          },
          list,
        ),
      ),
  },
  { weight: 1, arbitrary: oddText },
  { weight: 1, arbitrary: fc.json() },
);

/** How a body is signed: rightly in most cases. */
const signing = fc.oneof(
  { weight: 5, arbitrary: fc.constant<'right' | 'wrong' | 'none' | { readonly header: string }>('right') },
  { weight: 1, arbitrary: fc.constantFrom<'wrong' | 'none'>('wrong', 'none') },
  { weight: 1, arbitrary: headerText.map((header) => ({ header })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('t=1,v1=', 'v1', 't=,v1=', ',', 't=NaN,v1=aa', 'v1,')
      .map((header) => ({ header })),
  },
);

function stripeHeaders(body: string, how: 'right' | 'wrong' | 'none' | { readonly header: string }) {
  if (how === 'none') return {};
  if (typeof how === 'object') return { 'stripe-signature': how.header };
  return {
    'stripe-signature': sign(body, { secret: how === 'right' ? known.stripeSecret : 'whsec_of_nobody' }),
  };
}

function resendHeaders(body: string, how: 'right' | 'wrong' | 'none' | { readonly header: string }) {
  if (how === 'none') return {};
  const right = signatureHeaders(body, 'msg_1', { secret: known.resendSecret });
  if (how === 'right') return right;
  return { ...right, 'svix-signature': how === 'wrong' ? 'v1,AAAA' : how.header };
}

/** A request to one of the webhooks, whose body is an event that is right, odd, or none. */
export const signedRequest: fc.Arbitrary<HostileRequest> = fc
  .tuple(fc.boolean(), stripeBody, resendBody, signing, fc.boolean())
  .map(([isStripe, stripe, resend, how, isBase64]) => {
    // What is signed is what arrives: bytes, so a lone surrogate is none any more.
    const text = (isStripe ? stripe : resend).toWellFormed();
    return {
      route: isStripe ? 'POST /stripe/webhook' : 'POST /resend/webhook',
      method: 'POST',
      path: isStripe ? '/stripe/webhook' : '/resend/webhook',
      query: '',
      headers: isStripe ? stripeHeaders(text, how) : resendHeaders(text, how),
      body: isBase64 ? { base64: Buffer.from(text).toString('base64') } : { text },
      address: '192.0.2.1',
    };
  });
