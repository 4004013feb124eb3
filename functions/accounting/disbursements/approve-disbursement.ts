import { fundTitles } from '#accounting/accounts/fund-item.ts';
import type { TwoPersonStep } from '#kernel/trustees/two-person-step.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { categories } from './categories.ts';
import { mayTake } from './disbursement.ts';
import { readDisbursement, takeStep } from './transition-disbursement.ts';

/** The approval of a disbursement, as a step that needs a second person. */
export const disbursementApproval: TwoPersonStep<'passed-on.approve'> = {
  kind: 'passed-on',
  approval: 'passed-on.approve',
  seeing: 'passed-on.read',
  pageOf: (id) => `/staff/disbursements/${id}`,
  read: async (id, { table }) => {
    const { amount, currency, campaign, category, recipient, requestedBy, state } = await readDisbursement(
      id,
      { table },
    );
    const fundAt = keys.campaign(campaign);
    const fund = (await readItems(table, [fundAt])).itemAt(fundAt);
    const label = categories[category];
    return {
      ...{ amount, currency, requestedBy },
      fund: fund ? fundTitles(fund) : { en: campaign, 'zh-HK': campaign },
      what: { en: `${label.en}, for ${recipient}`, 'zh-HK': `${label['zh-HK']}（${recipient}）` },
      isWaiting: mayTake('approve', state),
    };
  },
  approve: ({ id, key, also, permit }, ctx) =>
    takeStep({ id, step: 'approve', idempotencyKey: key, also, permit }, ctx),
};
