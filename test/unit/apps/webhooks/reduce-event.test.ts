import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { reduceEvent } from '#apps/webhooks/reduce-event.ts';
import { standIn } from '../../../support/stand-in.ts';

const person = 'Juniper Example';
const mail = 'juniper@example.org';
const checkoutId = `chk_${'0'.repeat(32)}`;

/** An event in which people typed something wherever they can, and where they cannot. */
function planted(object: object): Stripe.Event {
  return standIn<Stripe.Event>({
    id: 'evt_1Q0example',
    object: 'event',
    type: 'checkout.session.completed',
    api_version: '2026-10-28.endive',
    created: 1_795_000_000,
    livemode: false,
    request: { id: null, idempotency_key: person },
    data: { object, previous_attributes: { customer_email: mail } },
  });
}

const session = {
  id: 'cs_test_a1B2',
  object: 'checkout.session',
  payment_intent: { id: 'pi_3Q0example', receipt_email: mail },
  amount_total: 50_000,
  currency: 'hkd',
  status: 'complete',
  payment_status: 'paid',
  customer_email: mail,
  customer_details: {
    name: person,
    email: mail,
    address: { line1: '1 Example Street' },
    phone: '+852 5555 0000',
  },
  client_reference_id: person,
  description: person,
  statement_descriptor: person,
  custom_fields: [{ text: { value: person } }],
  payment_method_details: { card: { last4: '4242', fingerprint: 'abc' } },
  client_ip: '192.0.2.7',
  metadata: {
    tideover: '2',
    tideover_checkout: checkoutId,
    fund: 'soup-kitchen',
    gift: '50000',
    sales: '0',
    cover: '0',
    language: 'en',
    note: person,
  },
};

describe('an archived event', () => {
  it.each([{ object: null }, { object: 'text' }, { object: [] }, {}, null, undefined])(
    'is its own name where Stripe says nothing of an object: %j',
    (data) => {
      const { id, type, created } = planted({});
      const event = standIn<Stripe.Event>({ ...planted({}), data });
      expect(reduceEvent(event)).toMatchObject({ id, type, created, object: {} });
    },
  );

  it('holds its ids, amounts, states and the checkout it belongs to', () => {
    expect(reduceEvent(planted(session))).toEqual({
      id: 'evt_1Q0example',
      type: 'checkout.session.completed',
      created: 1_795_000_000,
      livemode: false,
      apiVersion: '2026-10-28.endive',
      object: {
        id: 'cs_test_a1B2',
        object: 'checkout.session',
        payment_intent: 'pi_3Q0example',
        amount_total: 50_000,
        currency: 'hkd',
        status: 'complete',
        payment_status: 'paid',
      },
      ours: {
        checkout: checkoutId,
        fund: 'soup-kitchen',
        parts: { gift: 50_000, sales: 0, cover: 0 },
      },
    });
  });

  it('holds nothing that a person typed, not even in the place of an id, a state or an amount', () => {
    const places = [
      'id',
      'charge',
      'balance_transaction',
      'destination',
      'status',
      'currency',
      'fraud_type',
      'amount',
    ];
    const misplaced = Object.fromEntries(places.map((name, at) => [name, at % 2 ? mail : person]));
    const nested = {
      balance_transactions: [person, { id: mail }],
      metadata: { ...session.metadata, fund: person, gift: person },
    };
    for (const object of [session, { ...session, ...misplaced, ...nested }]) {
      const line = JSON.stringify(reduceEvent(planted(object)));
      for (const word of [
        'Juniper',
        'juniper',
        '@',
        'Street',
        '5555',
        '4242',
        '192.0.2',
        'fingerprint',
        'language',
      ]) {
        expect(line).not.toContain(word);
      }
    }
  });
});
