import { Hono } from 'hono';
import { disbursementStaffRoutes } from '#accounting/disbursements/disbursement-staff-routes.ts';
import { exportStaffRoutes } from '#accounting/exports/export-staff-routes.ts';
import { ledgerStaffRoutes } from '#accounting/journal/ledger-staff-routes.ts';
import { monthStaffRoutes } from '#accounting/months/month-staff-routes.ts';
import { payoutStaffRoutes } from '#accounting/payouts/payout-staff-routes.ts';
import { differenceStaffRoutes } from '#accounting/reconciliation/difference-staff-routes.ts';
import { mailStaffRoutes } from '#apps/mailer/mail-staff-routes.ts';
import { campaignStaffRoutes } from '#giving/campaigns/campaign-staff-routes.ts';
import { wordsStaffRoutes } from '#giving/comments/words-staff-routes.ts';
import { attentionStaffRoutes } from '#kernel/attention/attention-staff-routes.ts';
import { serveEndpoints } from '#kernel/staff/endpoint.ts';
import { rightsOf } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { disputeStaffRoutes } from '#payments/disputes/dispute-staff-routes.ts';
import { giftStaffRoutes } from '#payments/gifts/gift-staff-routes.ts';
import { refundStaffRoutes } from '#payments/refunds/refund-staff-routes.ts';
import { Problem } from '#platform/errors.ts';
import { problemOf, readIdempotencyKey } from '#platform/http/requests.ts';
import { staffEndpoints } from './endpoints.ts';

/** The staff's operations as JSON. Each verb asks for the permit of its operation, so that no route can forget the check. */
export function createStaffApp(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.use(async (c, next) => {
    c.set('actor', deps.actorOf(c));
    if (c.req.method === 'POST') readIdempotencyKey(c);
    await next();
  });
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
  });
  app.get('/api/staff/me', (c) => {
    const actor = c.get('actor');
    return c.json({ id: actor.id, roles: actor.roles, rights: rightsOf(actor) });
  });
  // The routes of a noun's other operations stand beside these, in its own folder.
  app.route('/', campaignStaffRoutes(deps));
  app.route('/', giftStaffRoutes(deps));
  app.route('/', attentionStaffRoutes(deps));
  app.route('/', mailStaffRoutes(deps));
  app.route('/', refundStaffRoutes(deps));
  app.route('/', wordsStaffRoutes(deps));
  app.route('/', disputeStaffRoutes(deps));
  app.route('/', ledgerStaffRoutes(deps));
  app.route('/', monthStaffRoutes(deps));
  app.route('/', payoutStaffRoutes(deps));
  app.route('/', differenceStaffRoutes(deps));
  app.route('/', disbursementStaffRoutes(deps));
  app.route('/', exportStaffRoutes(deps));
  serveEndpoints(app, staffEndpoints, deps);
  app.notFound(() => new Problem('not-found', 'There is nothing at this address.').toResponse());
  app.onError((error, c) => problemOf(error, c).toResponse());
  return app;
}
