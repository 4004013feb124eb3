import type { Category } from '#accounting/disbursements/categories.ts';
import { keys } from '#platform/table/keys.ts';
import { type Fields, read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type FundMonth, noFigures, type Payments } from './fund-month.ts';
import type { ShownMonth } from './shown-groups.ts';

export function toFundMonthItem(month: FundMonth): Item {
  return toItem(keys.fundMonth(month.slug, month.month), 'fund-month', 3, { ...month });
}

export function fromFundMonthItem(item: Item): FundMonth {
  const fields = read(item);
  const month: FundMonth = {
    ...noFigures(),
    slug: fields.text('slug'),
    month: fields.text('month'),
    feesBorneBy: fields.oneOf('feesBorneBy', ['receiver', 'fund']),
    cashMissing: fields.int('cashMissing'),
    passedOn: byCategory(fields.record('passedOn'), paymentsIn),
    suppliers: amountsIn(fields.record('suppliers')),
  };
  const figures = figureNames.map((name) => [name, fields.maybeInt(name) ?? 0]);
  return { ...month, ...Object.fromEntries(figures) };
}

const { passedOn: _, suppliers: __, ...figures } = noFigures();
const figureNames = Object.keys(figures);

export function toShownMonthItem(slug: string, shown: ShownMonth): Item {
  return toItem(keys.shownMonth(slug, shown.month), 'shown-month', 3, { ...shown });
}

export function fromShownMonthItem(item: Item): ShownMonth {
  const fields = read(item);
  return {
    month: fields.text('month'),
    groups: byCategory(fields.record('groups'), (group) => ({
      amount: group.int('amount'),
      payments: group.int('payments'),
    })),
    taken: byCategory(fields.record('taken'), (taken) => {
      const { families: _, ...all } = paymentsIn(taken);
      return { ...all, through: taken.text('through') };
    }),
  };
}

function paymentsIn(fields: Fields): Payments {
  return {
    amount: fields.int('amount'),
    payments: fields.int('payments'),
    families: fields.maybeTexts('families') ?? [],
  };
}

function amountsIn(fields: Fields): { readonly [One in Category]?: number } {
  return Object.fromEntries(fields.names().map((name) => [name, fields.int(name)]));
}

function byCategory<Value>(
  fields: Fields,
  readOne: (fields: Fields) => Value,
): { readonly [One in Category]?: Value } {
  return Object.fromEntries(fields.names().map((name) => [name, readOne(fields.record(name))]));
}
