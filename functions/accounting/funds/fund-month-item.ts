import type { Category } from '#accounting/disbursements/categories.ts';
import type { Month } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type FundMonth, noFigures, type Payments } from './fund-month.ts';
import type { Groups, ShownMonth } from './shown-groups.ts';

/** The item of a fund's month. */
export function toFundMonthItem(month: FundMonth): Item {
  return toItem(keys.fundMonth(month.slug, month.month), 'fund-month', 2, { ...month });
}

/** Reads the item of a fund's month; those of version 1 did not say who was paid, so all were families that nobody can tell apart. */
export function fromFundMonthItem(item: Item): FundMonth {
  const { pk: _, sk: __, entity: ___, v: ____, ...stored } = item;
  const month = { ...noFigures(), ...(stored as unknown as FundMonth) };
  return { ...month, passedOn: mapValues(month.passedOn, withFamilies) };
}

/** The item of what is shown of a fund's month. */
export function toShownMonthItem(slug: string, shown: ShownMonth): Item {
  return toItem(keys.shownMonth(slug, shown.month), 'shown-month', 2, { ...shown });
}

/** Reads what is shown of a fund's month; in version 1 all that was taken in was families'. */
export function fromShownMonthItem(item: Item): ShownMonth {
  const month = item.month as Month;
  return {
    month,
    groups: item.groups as Groups,
    taken: mapValues(item.taken as Stored, ({ through = month, ...stored }) => {
      const { families: _, ...all } = withFamilies(stored);
      return { ...all, through };
    }),
  };
}

type StoredPayments = Pick<Payments, 'amount' | 'payments'> & Partial<Payments>;
type Stored = { readonly [One in Category]?: StoredPayments & { readonly through?: Month } };

function withFamilies(stored: StoredPayments): Payments {
  const { amount, payments, toFamilies = payments, families = [] } = stored;
  return { amount, payments, toFamilies, families };
}

function mapValues<Name extends string, From, To>(
  values: { readonly [One in Name]?: From },
  to: (value: From) => To,
): { [One in Name]?: To } {
  const entries = Object.entries(values) as [Name, From][];
  return Object.fromEntries(entries.map(([name, value]) => [name, to(value)])) as { [One in Name]?: To };
}
