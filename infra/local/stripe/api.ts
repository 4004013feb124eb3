import { Hono } from 'hono';
import type { Account } from './account/account.ts';
import type { Webhooks } from './account/webhooks.ts';
import { unknownPath } from './protocol/errors.ts';
import { type RestrictedKeyRights, restrict } from './protocol/key-rights.ts';
import type { ApiEnvironment } from './protocol/operation.ts';
import {
  authenticate,
  checkVersion,
  failAsAsked,
  identify,
  keyOf,
  replayAnswers,
} from './protocol/request-rules.ts';
import { addBalanceRoutes } from './routes/balance-routes.ts';
import { addCatalogueRoutes, addCustomerRoutes } from './routes/customer-routes.ts';
import { addEventRoutes } from './routes/event-routes.ts';
import { addPaymentRoutes } from './routes/payment-routes.ts';
import { addRefundRoutes } from './routes/refund-routes.ts';
import { addSessionRoutes } from './routes/session-routes.ts';

/** The API below `/v1`: one-off payments, and what becomes of their money. */
export function createApi(
  account: Account,
  webhooks: Webhooks,
  keys: { readonly secret: string; readonly restricted: ReadonlyMap<string, RestrictedKeyRights> },
): Hono<ApiEnvironment> {
  const api = new Hono<ApiEnvironment>();
  api.use(
    identify(account),
    authenticate(keys.secret),
    restrict(keys.restricted, keyOf),
    checkVersion(account),
    failAsAsked(account),
    replayAnswers(account),
  );
  addSessionRoutes(api, account);
  addPaymentRoutes(api, account);
  addRefundRoutes(api, account);
  addBalanceRoutes(api, account);
  addCatalogueRoutes(api, account);
  addCustomerRoutes(api, account);
  addEventRoutes(api, account, webhooks);
  api.all('*', (context) => {
    throw unknownPath(context.req.method, context.req.path);
  });
  return api;
}
