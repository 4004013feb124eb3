import {
  amount,
  arrival,
  currency,
  id,
  metadata,
  moment,
  object,
  optional,
  reference,
  word,
} from '#platform/stripe/event-shape.ts';

/** What the objects have to be that Stripe's events are about: the fields that we read, no others. */

export const session = object({
  id,
  payment_status: word,
  payment_intent: optional(reference),
  amount_total: optional(amount(0)),
  currency: optional(currency),
  metadata,
});

export const paymentIntent = object({ metadata });

export const refund = object({
  id,
  payment_intent: optional(reference),
  amount: amount(1),
  currency,
  created: moment,
  status: optional(word),
  metadata,
});

export const dispute = object({ id });

export const earlyFraudWarning = object({ id, payment_intent: optional(reference), fraud_type: word });

/** When the account owes Stripe, a payout takes money from its bank: then the amount is negative. */
export const payout = object({
  id,
  amount: amount(-999_999_999_999),
  currency,
  created: moment,
  arrival_date: arrival,
});
