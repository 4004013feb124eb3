import { disbursementApi } from '#accounting/disbursements/disbursement-api.ts';
import { exportApi } from '#accounting/exports/export-api.ts';
import { incomeApi } from '#accounting/income/income-api.ts';
import { ledgerApi } from '#accounting/journal/ledger-api.ts';
import { monthApi } from '#accounting/months/month-api.ts';
import { payoutApi } from '#accounting/payouts/payout-api.ts';
import { differenceApi } from '#accounting/reconciliation/difference-api.ts';
import { mailApi } from '#apps/mailer/mail-api.ts';
import { campaignApi } from '#giving/campaigns/campaign-api.ts';
import { commentApi } from '#giving/comments/comment-api.ts';
import { complaintApi } from '#giving/complaints/complaint-api.ts';
import { donorApi } from '#giving/donors/donor-api.ts';
import { enteredPaymentApi } from '#giving/entered-payments/entered-payment-api.ts';
import { personRequestApi } from '#giving/person-requests/person-request-api.ts';
import { photoApi } from '#giving/photos/photo-api.ts';
import { plainPageApi } from '#giving/plain-pages/plain-page-api.ts';
import { promiseApi } from '#giving/promises/promise-api.ts';
import { attentionApi } from '#kernel/attention/attention-api.ts';
import { auditLogApi } from '#kernel/audit-log/audit-log-api.ts';
import { settingsApi } from '#kernel/settings/settings-api.ts';
import type { Endpoint } from '#kernel/staff/endpoint.ts';
import { sessionApi } from '#kernel/team/session-api.ts';
import { teamApi } from '#kernel/team/team-api.ts';
import { disputeApi } from '#payments/disputes/dispute-api.ts';
import { paymentApi } from '#payments/payment/payment-api.ts';
import { refundApi } from '#payments/refunds/refund-api.ts';
import { routeOf } from '#platform/http/endpoint.ts';
import { meApi } from './me-api.ts';
import { openingApi } from './opening/opening-api.ts';
import { paymentListApi } from './payments/payment-list-api.ts';
import { trusteeApi } from './trustees/trustee-api.ts';

/**
 * Every operation of the staff's API, in the order of its document: each is declared once, in the folder of its noun. Routes, their
 * rights and the API's document are derived from it.
 */
export const staffEndpoints: readonly Endpoint[] = [
  ...meApi,
  ...sessionApi,
  ...teamApi,
  ...settingsApi,
  ...openingApi,
  ...complaintApi,
  ...campaignApi,
  ...photoApi,
  ...plainPageApi,
  ...paymentListApi,
  ...paymentApi,
  ...donorApi,
  ...personRequestApi,
  ...enteredPaymentApi,
  ...promiseApi,
  ...commentApi,
  ...attentionApi,
  ...mailApi,
  ...refundApi,
  ...disputeApi,
  ...ledgerApi,
  ...incomeApi,
  ...monthApi,
  ...payoutApi,
  ...differenceApi,
  ...disbursementApi,
  ...trusteeApi,
  ...auditLogApi,
  ...exportApi,
];

/** Every route of the `staff` function, in API Gateway's form. The HTTP API has one route for all of them, behind the authorizer. */
export const staffRoutes: readonly string[] = staffEndpoints.map(routeOf);
