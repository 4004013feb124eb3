import type { Account } from '../account/account.ts';
import { newId } from '../account/ids.ts';
import type { LineItem, Price } from '../account/store.ts';
import { invalidRequest, resourceMissing } from '../protocol/errors.ts';
import { need } from '../protocol/parameters.ts';
import { makePrice } from './catalogue.ts';
import type { CreateSession } from './checkout-session-parameters.ts';

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
  const { name, price } =
    given.price === undefined ? priceOfData(account, given, path) : storedPrice(account, given.price, path);
  const quantity = need(given.quantity, `${path}[quantity]`);
  if (quantity < 1) {
    throw invalidRequest(
      'This value must be greater than or equal to 1.',
      `${path}[quantity]`,
      'parameter_invalid_integer',
    );
  }
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: name,
    metadata: given.metadata ?? {},
    price,
    quantity,
  };
}

function storedPrice(account: Account, id: string, path: string): { name: string; price: Price } {
  const price = account.store.prices.find(id);
  const product = account.store.products.find(price?.product);
  if (!price || !product) throw resourceMissing('price', id, `${path}[price]`);
  return { name: product.name, price };
}

function priceOfData(account: Account, given: GivenItem, path: string): { name: string; price: Price } {
  const data = need(given.price_data, `${path}[price_data]`);
  const inside = (name: string) => `${path}[price_data][${name}]`;
  const currency = need(data.currency, inside('currency')).toLowerCase();
  if (account.settings.smallestAmount[currency] === undefined) {
    throw invalidRequest(`Invalid currency: ${currency}.`, inside('currency'));
  }
  const name = need(need(data.product_data, inside('product_data')).name, inside('product_data][name'));
  const unitAmount = need(data.unit_amount, inside('unit_amount'));
  if (unitAmount < 0) {
    throw invalidRequest('Invalid non-negative integer', inside('unit_amount'), 'parameter_invalid_integer');
  }
  if (unitAmount > account.settings.largestAmount) throw tooLarge(account, currency, inside('unit_amount'));
  const price = makePrice(account, newId('prod', 14), currency, unitAmount);
  return { name, price: { ...price, tax_behavior: data.tax_behavior ?? 'unspecified' } };
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
