import { routeOf } from '#kernel/staff/endpoint.ts';
import { staffEndpoints } from './endpoints.ts';

/**
 * Every route of the `staff` function, as API Gateway writes them. The service stack makes one HTTP API route of each, behind the
 * authorizer, and a test holds the list against what the app answers.
 */
export const staffRoutes: readonly string[] = [
  'GET /api/staff/me',
  'GET /api/staff/campaigns',
  'GET /api/staff/campaigns/{slug}',
  'PUT /api/staff/campaigns/{slug}',
  'GET /api/staff/gifts/{paymentId}',
  'POST /api/staff/gifts/{paymentId}/release',
  'POST /api/staff/gifts/{paymentId}/refunds',
  'GET /api/staff/gifts/{paymentId}/refunds',
  'GET /api/staff/words',
  'POST /api/staff/words/{checkoutId}',
  'GET /api/staff/campaigns/{slug}/names',
  'POST /api/staff/names/{checkoutId}',
  'GET /api/staff/attention',
  'POST /api/staff/attention/{kind}/{id}/settle',
  'POST /api/staff/mails/{id}/send-again',
  'GET /api/staff/disputes',
  'GET /api/staff/accounts',
  'GET /api/staff/ledger',
  'POST /api/staff/ledger/{kind}',
  'GET /api/staff/months',
  'POST /api/staff/months/{month}/close',
  'GET /api/staff/payouts',
  'POST /api/staff/payouts/{payoutId}/accept',
  'GET /api/staff/differences',
  'POST /api/staff/differences/{id}/accept',
  'GET /api/staff/passed-on',
  'POST /api/staff/passed-on',
  'GET /api/staff/passed-on/{id}',
  'POST /api/staff/passed-on/{id}/approve',
  'POST /api/staff/passed-on/{id}/refuse',
  'POST /api/staff/passed-on/{id}/cancel',
  'POST /api/staff/passed-on/{id}/hand-over',
  'POST /api/staff/passed-on/{id}/acknowledge',
  'GET /api/staff/exports',
  'POST /api/staff/exports',
  'GET /api/staff/exports/{id}',
  ...staffEndpoints.map(routeOf),
];
