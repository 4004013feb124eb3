import { accountPages } from '#accounting/accounts/account-pages.ts';
import { disbursementPages } from '#accounting/disbursements/disbursement-pages.ts';
import { exportPages } from '#accounting/exports/export-pages.ts';
import { incomePages } from '#accounting/income/income-pages.ts';
import { entryPages } from '#accounting/journal/entry-pages.ts';
import { monthPages } from '#accounting/months/month-pages.ts';
import { payoutPages } from '#accounting/payouts/payout-pages.ts';
import { differencePages } from '#accounting/reconciliation/difference-pages.ts';
import { statementPages } from '#accounting/statements/statement-pages.ts';
import { mailPages } from '#apps/mailer/mail-pages.ts';
import { campaignDeskPages } from '#giving/campaign-desk/campaign-desk-pages.ts';
import { readFundNames } from '#giving/campaigns/read-fund-names.ts';
import { commentPages } from '#giving/comments/comment-pages.ts';
import { complaintDeskPages } from '#giving/complaints/complaint-desk-pages.ts';
import { donorPages } from '#giving/donors/donor-pages.ts';
import { enteredPaymentPages } from '#giving/entered-payments/entered-payment-pages.ts';
import { personRequestPages } from '#giving/person-requests/person-request-pages.ts';
import { photoPages } from '#giving/photos/photo-pages.ts';
import { plainPageDeskPages } from '#giving/plain-pages/plain-page-desk-pages.ts';
import { promiseDeskPages } from '#giving/promises/promise-desk-pages.ts';
import { attentionPages } from '#kernel/attention/attention-pages.ts';
import { auditPages } from '#kernel/audit-log/audit-pages.ts';
import { settingsPages } from '#kernel/settings/settings-pages.ts';
import type { DeskPage } from '#kernel/staff/desk-context.ts';
import { joinDesk } from '#kernel/staff/desk-endpoint.ts';
import { sessionPages } from '#kernel/team/session-pages.ts';
import { teamPages } from '#kernel/team/team-pages.ts';
import { helpPages } from './help/help-pages.ts';
import { openingPages } from './opening/opening-pages.ts';
import { paymentPages } from './payments/payment-pages.ts';
import { trusteePages } from './trustees/trustee-pages.ts';
import { waitingPages } from './waiting/waiting-pages.ts';

/** Every page of the desk and every form, in the order of the navigation: each is declared once, beside what it is about. */
export const deskPages: readonly DeskPage[] = joinDesk(
  [
    ...waitingPages,
    ...paymentPages,
    ...donorPages,
    ...personRequestPages,
    ...enteredPaymentPages,
    ...promiseDeskPages,
    ...campaignDeskPages,
    ...photoPages,
    ...plainPageDeskPages,
    ...commentPages,
    ...disbursementPages,
    ...trusteePages,
    ...statementPages,
    ...incomePages,
    ...entryPages,
    ...accountPages,
    ...payoutPages,
    ...differencePages,
    ...monthPages,
    ...exportPages,
    ...settingsPages,
    ...openingPages,
    ...complaintDeskPages,
    ...auditPages,
    ...teamPages,
    ...sessionPages,
    ...attentionPages,
    ...mailPages,
    ...helpPages,
  ],
  readFundNames,
);
