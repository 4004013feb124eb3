import type { Month } from '../platform/clock.ts';
import { keys } from '../table/keys.ts';
import { type Item, toItem } from '../table/table.ts';
import { type FundMonth, noFigures } from './fund-month.ts';
import type { Groups, ShownMonth } from './shown-groups.ts';

/** The item of a fund's month. */
export function toFundMonthItem(month: FundMonth): Item {
  return toItem(keys.fundMonth(month.slug, month.month), 'fund-month', 1, { ...month });
}

/** Reads the item of a fund's month. */
export function fromFundMonthItem(item: Item): FundMonth {
  const { pk: _, sk: __, entity: ___, v: ____, ...stored } = item;
  return { ...noFigures(), ...(stored as unknown as FundMonth) };
}

/** The item of what is shown of a fund's month. */
export function toShownMonthItem(slug: string, shown: ShownMonth): Item {
  return toItem(keys.shownMonth(slug, shown.month), 'shown-month', 1, { ...shown });
}

/** Reads what is shown of a fund's month. */
export function fromShownMonthItem(item: Item): ShownMonth {
  return { month: item.month as Month, groups: item.groups as Groups, taken: item.taken as Groups };
}
