import { expect } from 'vitest';
import { keys } from '#platform/table/keys.ts';
import { readItems, toItem } from '#platform/table/table.ts';
import { story } from '../support/story.ts';
import { putAll } from '../support/table.ts';

const wanted = Array.from({ length: 20 }, (_, number) => keys.campaign(`number-${number}`));

/** Items of which a throttled DynamoDB leaves some out. */
const it = story.extend('throttled', { auto: true }, async ({ table }) => {
  const asked: number[] = [];
  await putAll(
    table,
    wanted.map((key) => toItem(key, 'campaign', 1, {})),
  );

  /** Lets each request find at most so many items and leave the others out, as DynamoDB does with throttling. */
  function throttle(most: number): void {
    table.client.middlewareStack.add(
      (next) => async (args) => {
        const input = args.input as { RequestItems: Record<string, { Keys: object[] }> };
        const { Keys } = input.RequestItems[table.name] as { Keys: object[] };
        asked.push(performance.now());
        const left = Keys.slice(most);
        const read = { ...input.RequestItems[table.name], Keys: Keys.slice(0, Math.max(1, most)) };
        const result = await next({ ...args, input: { ...input, RequestItems: { [table.name]: read } } });
        const output = result.output as { Responses?: object; UnprocessedKeys?: object };
        if (most === 0) output.Responses = {};
        if (left.length > 0) output.UnprocessedKeys = { [table.name]: { Keys: left } };
        return result;
      },
      { step: 'initialize', priority: 'low', name: 'throttle' },
    );
  }

  return { throttle, asked };
});

it('items that DynamoDB leaves out are read again, with a pause, until all are there', async ({
  table,
  throttled: { throttle, asked },
}) => {
  throttle(7);
  const read = await readItems(table, wanted);
  expect(wanted.map((key) => read.itemAt(key)?.pk)).toEqual(wanted.map(({ pk }) => pk));
  expect(asked).toHaveLength(3);
});

it('items that DynamoDB leaves out again and again are given up, in time for an answer of our own', async ({
  table,
  throttled: { throttle, asked },
}) => {
  throttle(0);
  const began = performance.now();
  await expect(readItems(table, wanted)).rejects.toThrow('20 items could not be read.');
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(asked).toHaveLength(10);
});
