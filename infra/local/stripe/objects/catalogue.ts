import type { Stripe } from 'stripe';
import type { Account, Origin } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import type { Price } from '../account/store.ts';
import { invalidRequest, resourceMissing } from '../protocol/errors.ts';
import { type Fields, integer, list, metadata, metadataUpdate, need, text } from '../protocol/parameters.ts';
import { recordEvent } from './events.ts';
import { mergeMetadata } from './metadata.ts';

/** Parameters of `POST /v1/products`. */
export const createProductFields = { name: text(), description: text(), expand: list(text()), metadata };

/** Parameters of `POST /v1/products/{id}`. */
export const updateProductFields = { ...createProductFields, metadata: metadataUpdate };

/** Parameters of `POST /v1/prices`: one-off prices of a stored product. */
export const createPriceFields = {
  currency: text(3),
  expand: list(text()),
  metadata,
  product: text(),
  unit_amount: integer,
};

/** `POST /v1/products`. */
export function createProduct(
  account: Account,
  input: Fields<typeof createProductFields>,
  origin: Origin,
): Stripe.Product {
  const product = account.store.products.add({
    id: newId('prod', 14),
    object: 'product',
    active: true,
    created: account.now(),
    default_price: null,
    description: input.description ?? null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: input.metadata ?? {},
    name: need(input.name, 'name'),
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: account.now(),
    url: null,
  });
  recordEvent(account, 'product.created', product, origin);
  return product;
}

/** `POST /v1/products/{id}`: name, description and metadata. */
export function updateProduct(
  account: Account,
  product: Stripe.Product,
  input: Fields<typeof updateProductFields>,
  origin: Origin,
): Stripe.Product {
  const { name, description, metadata } = product;
  Object.assign(product, {
    name: input.name ?? name,
    description: input.description ?? description,
    metadata: mergeMetadata(metadata, input.metadata),
    updated: account.now(),
  });
  recordEvent(account, 'product.updated', product, origin, { name, description, metadata });
  return product;
}

/** `POST /v1/prices`. */
export function createPrice(
  account: Account,
  input: Fields<typeof createPriceFields>,
  origin: Origin,
): Price {
  const product = need(input.product, 'product');
  if (!account.store.products.find(product)) throw resourceMissing('product', product, 'product');
  const currency = need(input.currency, 'currency').toLowerCase();
  const amount = need(input.unit_amount, 'unit_amount');
  if (amount < 0 || amount > account.settings.largestAmount) {
    throw invalidRequest('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  }
  const blank = makePrice(account, product, currency, amount);
  const price = account.store.prices.add({ ...blank, active: true, metadata: input.metadata ?? {} });
  recordEvent(account, 'price.created', price, origin);
  return price;
}

/** A one-off price. Those that `price_data` makes are not active, so that nobody else can use them. */
export function makePrice(account: Account, product: string, currency: string, unitAmount: number): Price {
  return {
    id: newId('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: account.now(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: unitAmount,
    unit_amount_decimal: String(unitAmount),
  };
}
