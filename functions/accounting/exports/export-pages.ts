import type { DeclaredDeskPage } from '#kernel/staff/desk-context.ts';
import { answer, deskPage, foundFor } from '#kernel/staff/desk-endpoint.ts';
import type { DeskField } from '#kernel/staff/desk-input.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { choosableMonths, earlierMonth, month } from '#kernel/staff/month-input.ts';
import { charity } from '#platform/charity.ts';
import { formatMonth, hongKongMonth, type Month, previousMonth } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { page } from '#platform/http/input.ts';
import { type ExportKind, exportKinds } from './export.ts';
import { fileLink, makeEndpoint } from './export-api.ts';
import { Exports, looksAgain } from './export-desk.tsx';
import { exportWords as words } from './export-words.ts';
import { listExports } from './read-exports.ts';

/** What can be asked for: receipts only where the receiver may write some. */
function offered(): ExportKind[] {
  const inOrder = ['month', 'gifts', 'receipts', 'ledger'] as const;
  return inOrder.filter((kind) => kind !== 'receipts' || charity.section88 !== undefined);
}

const list = deskPage({
  path: '/staff/exports',
  right: 'export.make',
  input: { month, ...page },
  read: async ({ month: of, ...paging }, { table, now, funds, permit }) => {
    const name = `exports ${of}`;
    const [names, { data, next }] = await Promise.all([
      funds(),
      listExports({ month: of, paging: pageOf(name, paging), permit }, { table }),
    ]);
    return {
      ...{ month: of, months: choosableMonths(of, now), earlier: earlierMonth(of), kinds: offered() },
      ...{ exports: data, nextCursor: nextCursor(name, next), funds: names },
    };
  },
  title: () => words.title,
  show: (data, view) => Exports({ page: data, view }),
  again: (data, view) => (looksAgain(data, view) ? 5 : undefined),
});

/** @throws Problem `not-found` for what is not offered */
function kindOf(text: string): ExportKind {
  const kind = exportKinds.find((each) => each === text);
  if (kind === undefined || !offered().includes(kind))
    throw new Problem('not-found', 'There is no such file.');
  return kind;
}

interface Asking {
  readonly kind: ExportKind;
  readonly now: Date;
  readonly funds: readonly { readonly slug: string; readonly title: string }[];
}

function fieldsOf({ kind, now, funds }: Asking): readonly DeskField[] {
  const present = hongKongMonth(now);
  const months = choosableMonths(present, now).map((each) => [each, formatMonth(each, 'en')] as const);
  const monthField = (name: string, label: string, value: Month): DeskField => ({
    ...{ name, kind: 'choice', label, value, options: months },
  });
  const people: DeskField = { name: 'people', kind: 'box', label: words.people };
  const before = previousMonth(present);
  if (kind === 'receipts') {
    return [{ name: 'from', kind: 'choice', label: words.taxYear, options: taxYears(present) }];
  }
  if (kind === 'month') return [monthField('from', words.month, before), people];
  return [
    monthField('from', words.from, before),
    monthField('to', words.to, before),
    {
      ...{ name: 'campaign', kind: 'choice', label: words.fund, isOptional: true, value: '' },
      options: [['', ''], ...funds.map(({ slug, title }) => [slug, title] as const)],
    },
    ...(kind === 'gifts' ? [people] : []),
  ];
}

/** The tax years that can be asked for, by their first month, the newest first. */
function taxYears(present: Month): readonly (readonly [Month, string])[] {
  const [year = 0, number = 0] = present.split('-').map(Number);
  const newest = number >= 4 ? year : year - 1;
  return Array.from({ length: 7 }, (_, back) => newest - back).map(
    (each) => [`${each}-04`, words.taxYearOf(each)] as const,
  );
}

const ask = deskForm({
  operation: makeEndpoint,
  path: '/staff/ask-for-export/{kind}',
  read: async ({ kind }, { now, funds }): Promise<Asking> => ({
    kind: kindOf(kind),
    now,
    funds: await funds(),
  }),
  title: ({ kind }) => words.ask[kind],
  fields: fieldsOf,
  body: (said, { kind }) => ({
    ...{ ...said, kind },
    ...(kind === 'month' && { to: said.from }),
    ...(kind === 'receipts' && { people: true }),
  }),
  button: words.make,
  back: () => '/staff/exports',
  done: 'asked',
});

/** The file itself: the bucket serves it, under a link that is made for each download. */
const file: DeclaredDeskPage = {
  method: 'get',
  path: '/staff/exports/:id/file',
  right: 'export.make',
  respond: (c, desk) =>
    answer(c, desk, async () => {
      const found = foundFor(c, 'export.make', desk);
      return c.redirect(await fileLink({ id: c.req.param('id') ?? '', permit: found.permit }, found), 303);
    }),
};

/** The pages of exports. */
export const exportPages = [list, ...ask, file];
