import type { Permit } from '#kernel/staff/rights.ts';
import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import type { ListedAttention } from './attention-item.ts';
import { listAttention } from './list-attention.ts';

const monthsBack = 12;
/** Of each month; more wait for the page after some are resolved. */
const most = 50;

/** What waits for a person, of the last twelve months, the newest first: at most fifty of a month, a request for each at least. */
export async function listOpenAttention(
  { permit }: { readonly permit: Permit<'attention.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<ListedAttention[]> {
  const pages = await Promise.all(
    lastMonths(now, monthsBack).map((month) =>
      listAttention(
        { month, kind: undefined, settled: false, paging: { before: undefined, limit: most }, permit },
        { table },
      ),
    ),
  );
  return pages.flatMap(({ data }) => data);
}
