import { type BookMonth, listMonths } from '#accounting/accounts/list-accounts.ts';
import { readFund } from '#accounting/funds/read-fund.ts';
import { openQuestions } from '#accounting/months/close-month.ts';
import { closeEndpoint } from '#accounting/months/month-api.ts';
import { closableFrom, isClosable } from '#kernel/ledger/closed-month.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { choosableMonths, month } from '#kernel/staff/month-input.ts';
import { mayDo, permit as permitFor } from '#kernel/staff/rights.ts';
import { formatMonth, type Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { page } from '#platform/http/input.ts';
import { readStatement } from './read-statement.ts';
import { MonthDesk, type MonthState } from './statement-desk.tsx';
import { statementWords as words } from './statement-words.ts';

const one = deskPage({
  path: '/staff/funds',
  right: 'ledger.read',
  label: words.label,
  input: { month, cursor: page.cursor },
  read: async ({ month: of, cursor }, { table, now, actor, permit, funds }) => {
    const name = `statement ${of}`;
    const after = pageOf(name, { limit: 1, cursor }).before;
    const people = mayDo(actor, 'person.read') ? permitFor(actor, 'person.read') : undefined;
    const names = await funds();
    const [books, state, { lines, next }] = await Promise.all([
      Promise.all(names.map(async (fund) => ({ fund, ...(await readFund(fund.slug, { table })) }))),
      listMonths({ permit }, { table, now }).then((months) => stateOf(of, months, { table, now })),
      readStatement({ month: of, after, permit, people }, { table }),
    ]);
    return {
      month: of,
      months: choosableMonths(of, now),
      state,
      books,
      lines,
      nextCursor: nextCursor(name, next),
    };
  },
  title: ({ month: of }) => words.title(formatMonth(of, 'en')),
  show: (data, view) => MonthDesk({ page: data, view }),
});

async function stateOf(
  of: Month,
  months: readonly BookMonth[],
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<MonthState> {
  const own = months.find((each) => each.month === of);
  if (own?.closedAt) return { kind: 'closed', at: new Date(own.closedAt) };
  if (!isClosable(of, now)) return { kind: 'early', from: closableFrom(of) };
  const first = months.find(({ closedAt }) => closedAt === null);
  if (first && first.month < of) return { kind: 'later', before: first.month };
  const questions = await openQuestions(of, { table });
  return questions.length > 0 ? { kind: 'questions', questions } : { kind: 'closable' };
}

const close = deskForm({
  operation: closeEndpoint,
  path: '/staff/months/{month}/close',
  read: async ({ month: of }) => ({ month: of }),
  title: ({ month: of }) => `${words.close}: ${of}`,
  fields: () => [],
  button: words.close,
  confirm: (_, { month: of }) => ({ sentence: words.askClose(formatMonth(of, 'en')), button: words.close }),
  back: ({ month: of }) => `/staff/funds?month=${of}`,
  done: 'closed',
});

/** The pages of a month of the books. */
export const statementPages = [one, ...close];
