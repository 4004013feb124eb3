import type { Context } from '#platform/context/context.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type PayoutReport, toDuePayout } from './payout-item.ts';

/** The outcome of a payout's Stripe event: the next hourly task looks at the payout. */
export type RecordedPayout = 'noted';

/** Records in one write that Stripe reported a payout; the next hourly task looks at it. */
export async function recordPayoutReport(
  news: PayoutReport,
  { table }: Pick<Context, 'table'>,
): Promise<RecordedPayout> {
  await writeOne(table, toDuePayout(news));
  return 'noted';
}
