import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { type CampaignView, readAllCampaigns } from './read-campaigns.ts';

export async function listForStaff(
  _permitted: { readonly permit: Permit<'campaign.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
) {
  return (await readAllCampaigns({ table, now })).map(summaryOf);
}

function summaryOf({ campaign, state, raised, supporters, month }: CampaignView) {
  const { slug, title, currency, target, opensAt, closesAt } = campaign;
  return {
    slug,
    title,
    state,
    kind: target.kind,
    currency: currency.toUpperCase(),
    goal: target.kind === 'fund' ? target.goal : null,
    opensAt: opensAt.toISOString(),
    closesAt: closesAt?.toISOString() ?? null,
    totals: { raised, supporters, month: month ?? null },
  };
}
