import type { Account } from './account.ts';
import type { CreateSession } from './checkout-session-parameters.ts';
import { invalidRequest } from './errors.ts';
import { newId } from './ids.ts';
import { need } from './parameters.ts';
import type { LineItem } from './store.ts';

type GivenItem = NonNullable<CreateSession['line_items']>[number];

/** Makes the line items of a Session and checks that they share a currency and are within the amounts allowed. */
export function makeLineItems(account: Account, given: CreateSession['line_items']): LineItem[] {
  const items = need(given, 'line_items').map((item, index) =>
    makeLineItem(account, item, `line_items[${index}]`),
  );
  const [first] = items;
  if (!first) throw invalidRequest('Missing required param: line_items.', 'line_items', 'parameter_missing');
  const stranger = items.findIndex((item) => item.currency !== first.currency);
  if (stranger !== -1) {
    throw invalidRequest(
      'All line items must have the same currency.',
      `line_items[${stranger}][price_data][currency]`,
    );
  }
  checkTotal(account, totalOf(items), first.currency);
  return items;
}

/** The sum of line items in cents. */
export function totalOf(items: readonly LineItem[]): number {
  return items.reduce((sum, item) => sum + item.amount_total, 0);
}

function makeLineItem(account: Account, given: GivenItem, path: string): LineItem {
  const priceData = need(given.price_data, `${path}[price_data]`);
  const currency = need(priceData.currency, `${path}[price_data][currency]`).toLowerCase();
  if (account.settings.smallestAmount[currency] === undefined) {
    throw invalidRequest(`Invalid currency: ${currency}.`, `${path}[price_data][currency]`);
  }
  const product = need(priceData.product_data, `${path}[price_data][product_data]`);
  const name = need(product.name, `${path}[price_data][product_data][name]`);
  const unitAmount = need(priceData.unit_amount, `${path}[price_data][unit_amount]`);
  if (unitAmount < 0) {
    throw invalidRequest(
      'Invalid non-negative integer',
      `${path}[price_data][unit_amount]`,
      'parameter_invalid_integer',
    );
  }
  if (unitAmount > account.settings.largestAmount)
    throw tooLarge(account, currency, `${path}[price_data][unit_amount]`);
  const quantity = need(given.quantity, `${path}[quantity]`);
  if (quantity < 1) {
    throw invalidRequest(
      'This value must be greater than or equal to 1.',
      `${path}[quantity]`,
      'parameter_invalid_integer',
    );
  }
  const amount = unitAmount * quantity;
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency,
    description: name,
    metadata: given.metadata ?? {},
    price: {
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
      product: newId('prod', 14),
      recurring: null,
      tax_behavior: priceData.tax_behavior ?? 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: 'one_time',
      unit_amount: unitAmount,
      unit_amount_decimal: String(unitAmount),
    },
    quantity,
  };
}

function checkTotal(account: Account, total: number, currency: string): void {
  const smallest = account.settings.smallestAmount[currency] ?? 0;
  if (total < smallest) {
    throw invalidRequest(
      `The Checkout Session's total amount due must add up to at least $${(smallest / 100).toFixed(2)} ${currency}`,
      'line_items',
      'amount_too_small',
    );
  }
  if (total > account.settings.largestAmount) throw tooLarge(account, currency, 'line_items');
}

function tooLarge(account: Account, currency: string, param: string) {
  const largest = (account.settings.largestAmount / 100).toFixed(2);
  return invalidRequest(
    `The Checkout Session's total amount due must be no more than $${largest} ${currency}`,
    param,
    'amount_too_large',
  );
}
