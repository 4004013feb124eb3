import type { Context } from '#platform/context/context.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type PayoutReport, toDuePayout } from './payout-item.ts';

/** What became of a payout's event: the books look at the payout on the next hour, however often it was told. */
export type PayoutNoted = 'noted';

/** Notes in one write that Stripe told of a payout; the books look at it on the next hour. */
export async function recordPayoutReport(
  news: PayoutReport,
  { table }: Pick<Context, 'table'>,
): Promise<PayoutNoted> {
  await writeOne(table, toDuePayout(news));
  return 'noted';
}
