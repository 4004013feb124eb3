import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readList } from '#platform/table/table.ts';
import { mayTake } from './disbursement.ts';
import { fromDisbursementItem } from './disbursement-item.ts';

/** A request waits no longer than a few months for its next step. */
const monthsBack = 3;
const most = 100;

/** How many disbursements of the last months wait for a step of anybody. */
export async function countWaitingDisbursements({
  table,
  now,
}: Pick<Context, 'table' | 'now'>): Promise<number> {
  const pages = await Promise.all(
    lastMonths(now, monthsBack).map((month) =>
      readList(table, lists.passedOn(month), { order: 'newest', limit: most }),
    ),
  );
  return readIntact(pages.flat(), fromDisbursementItem).filter(({ state }) =>
    (['approve', 'hand-over', 'acknowledge'] as const).some((step) => mayTake(step, state)),
  ).length;
}
