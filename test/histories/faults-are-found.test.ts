import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Table } from '#platform/table/table.ts';
import { takeUniquenessAway } from '../support/unguarded.ts';
import type { Sabotage } from './history.ts';
import { huntLogs } from './hunt.ts';
import { runHistory } from './run-history.ts';
import { histories, type Step } from './steps.ts';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
});

interface Fault extends Sabotage {
  /** Histories that come near the protection. */
  readonly near?: fc.Arbitrary<readonly Step[]>;
  /** What finds it, in its words, where that is not whatever looks first. */
  readonly foundBy?: string;
}

interface Write {
  ConditionExpression?: string;
  UpdateExpression?: string;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
}

/** Changes the values of the updates in transactions. */
function changeUpdates(
  table: Table,
  change: (expression: string, values: Record<string, unknown>) => Record<string, unknown>,
): void {
  table.client.middlewareStack.add(
    (next) => (args) => {
      const { TransactItems = [] } = args.input as { TransactItems?: { Update?: Write }[] };
      for (const { Update } of TransactItems) {
        if (!Update?.ExpressionAttributeValues) continue;
        const values = unmarshall(Update.ExpressionAttributeValues);
        Update.ExpressionAttributeValues = marshall(change(Update.UpdateExpression ?? '', values));
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'changeUpdates' },
  );
}

/** Lets something happen before each transaction or put that writes an item of an entity; what it makes of the item is put. */
function beforePut(
  table: Table,
  entity: string,
  act: (item: Record<string, unknown>) => Promise<Record<string, unknown>>,
): void {
  table.client.middlewareStack.add(
    (next) => async (args) => {
      type Put = { Item: Record<string, AttributeValue> };
      const input = args.input as { TransactItems?: { Put?: Put }[] } & Partial<Put>;
      for (const put of [input, ...(input.TransactItems ?? []).map(({ Put }) => Put)]) {
        if (put?.Item?.entity?.S === entity) put.Item = marshall(await act(unmarshall(put.Item)));
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'beforePut' },
  );
}

/** A Stripe that does not know our calls again, and where we do not look for what was made. */
function forgetful(stripe: Stripe): Stripe {
  const refunds = {
    create: (parameters: Stripe.RefundCreateParams) => stripe.refunds.create(parameters),
    list: () => ({ async *[Symbol.asyncIterator]() {} }),
  };
  return new Proxy(stripe, {
    get: (of, name) => (name === 'refunds' ? refunds : (Reflect.get(of, name) as unknown)),
  });
}

const ok = (outcome: string) => Promise.resolve(Response.json({ outcome }));

const give: Step = { do: 'give', campaign: 0, amount: 50_000, hidden: false };
const deliver = { do: 'deliver', which: 'all', copies: 1 } as const;
const some = fc.constantFrom('half', 'a cent');
const twoRefunds = fc
  .tuple(some, some)
  .map(([one, other]): Step[] => [
    give,
    { ...deliver, how: 'in order' },
    { do: 'refund', gift: 0, part: one, by: 'dashboard', again: false },
    { do: 'refund', gift: 0, part: other, by: 'dashboard', again: false },
    { ...deliver, how: 'at once' },
  ]);
const crashedRefund = fc
  .tuple(some, fc.nat({ max: 4 }))
  .map(([part, call]): Step[] => [
    give,
    { ...deliver, how: 'in order' },
    { do: 'refund', gift: 0, part, by: 'staff', again: true, crash: { call, when: 'after' } },
  ]);

const copies = fc
  .constantFrom('in order', 'reversed', 'at once')
  .map((how): Step[] => [give, { ...deliver, how, copies: 2 }]);
const failedRefund = fc
  .tuple(twoRefunds, fc.nat({ max: 1 }))
  .map(([steps, refund]): Step[] => [...steps, { do: 'fail-refund', refund }]);
/** A payout that is matched before its gift is reported, or after. */
const earlyPayout = fc.shuffledSubarray<Step>(
  [
    { ...deliver, how: 'in order' },
    { do: 'work', task: 'payouts' },
  ],
  { minLength: 2 },
);
const payouts = earlyPayout.map((steps): Step[] => [give, { do: 'pay-out', isExplained: true }, ...steps]);
const deliveredOnce = 'the books that each event gives, once and in order';

/** Lets two refunds of a gift have read before one writes, and takes away that each writes only what it has read. */
function raceForGift(table: Table): void {
  let arrived = 0;
  let open = () => {};
  const bothArrived = new Promise<void>((resolve) => {
    open = resolve;
  });
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems = [] } = args.input as { TransactItems?: { Update?: Write }[] };
      for (const { Update } of TransactItems) {
        if (!Update?.ConditionExpression?.includes('refunded = :refunded')) continue;
        arrived += 1;
        if (arrived === 2) open();
        await bothArrived;
        delete Update.ConditionExpression;
        const { ':refunded': _, ':disputed': _d, ...values } = Update.ExpressionAttributeValues ?? {};
        Update.ExpressionAttributeValues = values;
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'raceForGift' },
  );
}

/** Each protection that is taken away, and how. */
const faults: Record<string, Fault> = {
  'facts that are booked as often as they are reported': { near: copies, table: takeUniquenessAway },
  'a gift that is written as if nobody else wrote it': { near: twoRefunds, table: raceForGift },
  'totals that miss a cent of each refund': {
    table: (table) =>
      changeUpdates(table, (expression, values) => {
        const raised = Number(values[':raised']);
        return expression.startsWith('ADD raised') && raised < 0
          ? { ...values, ':raised': raised + 1 }
          : values;
      }),
  },
  'a failed refund that is listed for nobody': {
    near: failedRefund,
    deliver: (event, deliver) => (event.type === 'refund.failed' ? ok('duplicate') : deliver()),
  },
  'a webhook that answers before it has written': {
    deliver: async (_event, deliver) => {
      const answer = await deliver();
      return answer.status === 500 ? ok('booked') : answer;
    },
  },
  'a refund that is asked for again without looking for the first': {
    near: crashedRefund,
    stripe: forgetful,
  },
  'a payout that differs for ever once it did': {
    near: payouts,
    foundBy: deliveredOnce,
    table: (table) =>
      changeUpdates(table, (expression, values) =>
        expression.startsWith('SET #state = :state, differences') && values[':before'] === 'differs'
          ? { ...values, ':state': 'differs' }
          : values,
      ),
  },
  'a failed refund that is dated by its arrival, in the same month': {
    near: failedRefund,
    foundBy: deliveredOnce,
    table: (table) =>
      beforePut(table, 'ledger-entry', (item) =>
        Promise.resolve(item.kind === 'refund-failed' ? { ...item, at: '2026-11-29T00:00:00.000Z' } : item),
      ),
  },
  'a name that is shown though its giver hides it': {
    near: fc.constant([{ ...give, hidden: true }]),
    table: (table) => beforePut(table, 'person', async (item) => ({ ...item, hideName: false })),
  },
  'a webhook that looks before it books': {
    near: fc.constant([give]),
    table: (table) =>
      beforePut(table, 'payment', async (item) => {
        const { pk, sk } = item;
        await table.client.send(new GetCommand({ TableName: table.name, Key: { pk, sk } }));
        return item;
      }),
  },
};

describe('a history is found that shows', () => {
  it.each(Object.entries(faults))(
    '%s',
    { timeout: 120_000 },
    async (_name, { near = histories, foundBy = '', ...sabotage }) => {
      const outcome = await fc.check(
        fc.asyncProperty(near, async (steps) => {
          await runHistory(steps, sabotage);
        }),
        { numRuns: 60, seed: 20_261_120, endOnFailure: true },
      );
      expect(outcome.failed).toBe(true);
      expect(String(outcome.errorInstance)).toContain('AssertionError');
      expect(String(outcome.errorInstance)).toContain(foundBy);
    },
  );

  it('a name in a log line', async () => {
    await runHistory([{ do: 'give', campaign: 0, amount: 50_000, hidden: true }]);
    expect(() => huntLogs(lines)).not.toThrow();
    expect(() => huntLogs([...lines, '{"name":"Quill Featherstone 1"}'])).toThrow('Featherstone');
  });
});
