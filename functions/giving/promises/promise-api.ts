import * as z from 'zod/mini';
import { cents, changed, described, oneOf, paged, text, time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { listNewest } from '#kernel/staff/list-newest.ts';
import { month } from '#kernel/staff/month-input.ts';
import { amount, day } from '#platform/http/fields.ts';
import { inPath, json, page } from '#platform/http/input.ts';
import { lists } from '#platform/table/keys.ts';
import { readList } from '#platform/table/table.ts';
import { matchPromise } from './match-promise.ts';
import { promiseWays } from './promise.ts';
import { fromPromiseItem } from './promise-item.ts';

/** What is said of money that keeps a promise. */
export const receivedSchema = z.strictObject(
  {
    amount: amount('Minor units: what came.'),
    day: day.check(z.describe('When it came, in Hong Kong.')),
    account: z.enum(['bank', 'cash'], 'The money came into "bank" or "cash".'),
  },
  'The body is an object with amount, day and account.',
);

const list = endpoint({
  id: 'listPromises',
  method: 'get',
  path: '/api/staff/promises',
  right: 'ledger.read',
  summary: 'Promises of a month that wait for their money',
  description: 'Newest first. They count nothing before their money is matched, and lapse after four weeks.',
  input: { month, ...page },
  answer: () =>
    paged(
      'Each promise.',
      z.object({
        reference: described(text, 'What the donor gives to the bank.'),
        fund: text,
        amount: cents(),
        way: oneOf(promiseWays),
        madeAt: time,
        checkoutId: text,
      }),
    ),
  run: async ({ month: of, ...paging }, { table }) => {
    const name = `promises ${of}`;
    const { data, next } = await listNewest(
      pageOf(name, paging),
      (options) => readList(table, lists.promises(of), options),
      fromPromiseItem,
    );
    return {
      data: data.map(({ reference, fund, amount, way, madeAt, checkoutId }) => ({
        ...{ reference, fund, amount, way, checkoutId },
        madeAt: madeAt.toISOString(),
      })),
      nextCursor: nextCursor(name, next),
    };
  },
});

export const matchEndpoint = endpoint({
  id: 'matchPromise',
  method: 'post',
  path: '/api/staff/promises/{reference}/match',
  right: 'payment.enter',
  summary: 'Match money that came with its promise',
  description:
    'The money waits ten minutes among the entries that are not booked yet, where it can be undone; then it is booked for the promise’s campaign and donor, who is thanked. The sum may be another one than was promised. Repeating the same changes nothing.',
  input: {
    reference: inPath({ description: 'Eight digits, with or without blanks.', example: '48271953' }),
    body: json({ ReceivedPromise: receivedSchema }, { amount: 50_000, day: '2026-11-22', account: 'bank' }),
  },
  answer: () => z.object({ changed }),
  problems: ['idempotency-key-reused', 'not-found', 'promise-received'],
  run: async ({ reference, body }, { table, now, permit, idempotencyKey }) => ({
    changed: await matchPromise({ reference, idempotencyKey, permit, ...body }, { table, now }),
  }),
});

/** What the staff do about promised gifts. */
export const promiseApi = [list, matchEndpoint];
