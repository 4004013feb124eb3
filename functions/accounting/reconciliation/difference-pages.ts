import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { choosableMonths, earlierMonth, month } from '#kernel/staff/month-input.ts';
import { page } from '#platform/http/input.ts';
import { acceptDifferenceEndpoint } from './difference-api.ts';
import { amountOf, Differences } from './difference-desk.tsx';
import { monthOfDifference } from './difference-item.ts';
import { differenceWords as words } from './difference-words.ts';
import { readDifference, readDifferences } from './read-differences.ts';

const list = deskPage({
  path: '/staff/differences',
  right: 'ledger.read',
  input: { month, ...page },
  read: async ({ month: of, ...paging }, { table, now, permit }) => {
    const name = `differences ${of}`;
    const { data, next } = await readDifferences(
      { month: of, paging: pageOf(name, paging), permit },
      { table },
    );
    return {
      ...{ month: of, months: choosableMonths(of, now), earlier: earlierMonth(of) },
      ...{ differences: data, nextCursor: nextCursor(name, next) },
    };
  },
  title: () => words.title,
  show: (data, view) => Differences({ page: data, view }),
});

const accept = deskForm({
  operation: acceptDifferenceEndpoint,
  path: '/staff/differences/{id}/accept',
  read: async ({ id }, { table }) => readDifference(id, { table }),
  title: () => words.acceptTitle,
  over: ({ state }) => (state === 'open' ? undefined : words.over),
  fields: () => [{ name: 'reason', kind: 'lines', label: words.reason, hint: words.reasonHint }],
  button: words.goOn,
  confirm: (_, difference) => ({
    sentence: words.ask(words.kinds[difference.kind], amountOf(difference)),
    button: words.accept,
  }),
  back: (_, difference) => `/staff/differences?month=${monthOfDifference(difference)}`,
  done: 'accepted',
});

/** The pages of differences from Stripe. */
export const differencePages = [list, ...accept];
