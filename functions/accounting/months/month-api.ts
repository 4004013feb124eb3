import * as z from 'zod/mini';
import { listMonths } from '#accounting/accounts/list-accounts.ts';
import { list, text, time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { readMonth } from '#kernel/staff/list-cursor.ts';
import { inPath } from '#platform/http/input.ts';
import { closeMonth } from './close-month.ts';

const months = endpoint({
  id: 'listMonths',
  method: 'get',
  path: '/api/staff/months',
  right: 'ledger.read',
  summary: 'The months of the books',
  description: 'And when each was closed.',
  input: {},
  answer: () => list('Each month.', z.object({ month: text, closedAt: z.nullable(time) })),
  run: async (_, { table, now, permit }) => ({ data: await listMonths({ permit }, { table, now }) }),
});

/** Closes a month. */
export const closeEndpoint = endpoint({
  id: 'closeMonth',
  method: 'post',
  path: '/api/staff/months/{month}/close',
  right: 'month.close',
  summary: 'Close a month of the books',
  description:
    'For ever: later entries of it count in the next open month. Months are closed in order, a week after their end.',
  input: { month: inPath({ description: 'Which one.', example: '2026-10' }, readMonth) },
  answer: () => z.object({ month: text, closedAt: time }),
  problems: ['invalid', 'month-not-over', 'months-in-order', 'month-not-settled'],
  run: async ({ month }, { permit, ...ctx }) => {
    const { closedAt } = await closeMonth({ month, permit }, ctx);
    return { month, closedAt: closedAt.toISOString() };
  },
});

export const monthApi = [months, closeEndpoint];
