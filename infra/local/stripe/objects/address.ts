import type { Stripe } from 'stripe';
import { type Fields, fields, need, text } from '../protocol/parameters.ts';

const addressReaders = {
  city: text(),
  country: text(),
  line1: text(),
  line2: text(),
  postal_code: text(),
  state: text(),
};

/** An address as a parameter of customers, billing details and shipping. */
export const addressFields = fields(addressReaders);

/** Where something is sent to, as a parameter of Sessions and PaymentIntents. */
export const shippingFields = fields({
  address: addressFields,
  carrier: text(),
  name: text(),
  phone: text(),
  tracking_number: text(),
});

/** The address object of what was given; what is missing is null. */
export function addressOf(given: Fields<typeof addressReaders>): Stripe.Address {
  return {
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  };
}

/**
 * The shipping object of what was given.
 *
 * @param path the parameter's name, for the error about a missing part
 */
export function shippingOf(
  given: ReturnType<typeof shippingFields> | undefined,
  path: string,
): Stripe.PaymentIntent.Shipping | null {
  if (!given) return null;
  const address = need(given.address, `${path}[address]`);
  need(address.line1, `${path}[address][line1]`);
  return {
    address: addressOf(address),
    carrier: given.carrier ?? null,
    name: need(given.name, `${path}[name]`),
    phone: given.phone ?? null,
    tracking_number: given.tracking_number ?? null,
  };
}
