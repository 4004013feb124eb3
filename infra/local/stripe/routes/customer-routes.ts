import type { Hono } from 'hono';
import type { Stripe } from 'stripe';
import type { Account } from '../account/account.ts';
import {
  createPrice,
  createPriceFields,
  createProduct,
  createProductFields,
  updateProduct,
  updateProductFields,
} from '../objects/catalogue.ts';
import {
  createCustomer,
  createCustomerFields,
  deleteCustomer,
  updateCustomer,
  updateCustomerFields,
} from '../objects/customers.ts';
import {
  attachFields,
  createPaymentMethodFields,
  updatePaymentMethodFields,
} from '../objects/payment-method-parameters.ts';
import { createPaymentMethod } from '../objects/payment-methods.ts';
import {
  attachPaymentMethod,
  detachPaymentMethod,
  updatePaymentMethod,
} from '../objects/saved-payment-methods.ts';
import { type ApiEnvironment, operation } from '../protocol/operation.ts';
import { email } from '../protocol/parameters.ts';
import { found, listOf, onlyExpand, retrieve } from './reading.ts';

/** Customers and their payment methods. */
export function addCustomerRoutes(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  const customer = (id: string) => found(store.customers, 'customer', id);
  api.post(
    '/customers',
    operation(account, { readers: createCustomerFields, kind: 'customer' }, ({ input, origin }) =>
      createCustomer(account, input, origin),
    ),
  );
  api.get(
    '/customers',
    listOf<Stripe.Customer>(account, {
      kind: 'customer',
      items: store.customers,
      readers: { email },
      where: (item, input) => input.email === undefined || item.email === input.email,
    }),
  );
  api.get('/customers/:id', retrieve(account, 'customer', store.customers));
  api.post(
    '/customers/:id',
    operation(account, { readers: updateCustomerFields, kind: 'customer' }, ({ id, input, origin }) =>
      updateCustomer(account, customer(id), input, origin),
    ),
  );
  api.delete(
    '/customers/:id',
    operation(account, { readers: {}, kind: 'customer' }, ({ id, origin }) =>
      deleteCustomer(account, customer(id), origin),
    ),
  );
  addPaymentMethodRoutes(api, account);
}

function addPaymentMethodRoutes(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  const kind = 'payment_method';
  const method = (id: string) => found(store.paymentMethods, 'PaymentMethod', id);
  api.post(
    '/payment_methods',
    operation(account, { readers: createPaymentMethodFields, kind }, ({ input }) =>
      createPaymentMethod(account, input),
    ),
  );
  api.get(
    '/payment_methods',
    listOf<Stripe.PaymentMethod>(account, {
      kind,
      items: store.paymentMethods,
      same: ['customer', 'type'],
      where: (item) => item.customer !== null,
    }),
  );
  api.get('/payment_methods/:id', retrieve(account, kind, store.paymentMethods, 'PaymentMethod'));
  api.post(
    '/payment_methods/:id',
    operation(account, { readers: updatePaymentMethodFields, kind }, ({ id, input, origin }) =>
      updatePaymentMethod(account, method(id), input, origin),
    ),
  );
  api.post(
    '/payment_methods/:id/attach',
    operation(account, { readers: attachFields, kind }, ({ id, input, origin }) =>
      attachPaymentMethod(account, id, input, origin),
    ),
  );
  api.post(
    '/payment_methods/:id/detach',
    operation(account, { readers: onlyExpand, kind }, ({ id, origin }) =>
      detachPaymentMethod(account, method(id), origin),
    ),
  );
}

/** Products and their prices. */
export function addCatalogueRoutes(api: Hono<ApiEnvironment>, account: Account): void {
  const { store } = account;
  api.post(
    '/products',
    operation(account, { readers: createProductFields, kind: 'product' }, ({ input, origin }) =>
      createProduct(account, input, origin),
    ),
  );
  api.get('/products', listOf<Stripe.Product>(account, { kind: 'product', items: store.products }));
  api.get('/products/:id', retrieve(account, 'product', store.products));
  api.post(
    '/products/:id',
    operation(account, { readers: updateProductFields, kind: 'product' }, ({ id, input, origin }) =>
      updateProduct(account, found(store.products, 'product', id), input, origin),
    ),
  );
  api.post(
    '/prices',
    operation(account, { readers: createPriceFields, kind: 'price' }, ({ input, origin }) =>
      createPrice(account, input, origin),
    ),
  );
  api.get('/prices/:id', retrieve(account, 'price', store.prices));
}
