import { givenOutOf } from '#accounting/disbursements/fund-balance-item.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readCollection } from '#platform/table/table.ts';
import type { FundMonth } from './fund-month.ts';
import { fromFundMonthItem, fromShownMonthItem } from './fund-month-item.ts';
import type { ShownMonth } from './shown-groups.ts';

/** A fund's money by month, what is shown of it, and what it has paid out. The size grows with the months, never with the gifts. */
export interface Fund {
  /** In order. */
  readonly months: readonly FundMonth[];
  /** In order. */
  readonly shown: readonly ShownMonth[];
  /** The fund's own count, minor units; each payment changes it in its own transaction. */
  readonly givenOut: number;
}

/** Two items a month, for forty years. */
const mostItems = 1000;

/** Reads a fund in one request; there are no months before the first summary. */
export async function readFund(slug: string, { table }: Pick<Context, 'table'>): Promise<Fund> {
  const { pk } = keys.fundMonth(slug, '');
  const items = await readCollection(table, pk, { order: 'oldest', limit: mostItems });
  const of = (entity: string) => items.filter((item) => item.entity === entity);
  return {
    months: of('fund-month').map(fromFundMonthItem),
    shown: of('shown-month').map(fromShownMonthItem),
    givenOut: givenOutOf(of('fund-balance')[0]),
  };
}
