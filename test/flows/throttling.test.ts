import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, inject } from 'vitest';
import { watchThrottling } from '#kernel/attention/watch-throttling.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { recordThrottling } from '#platform/table/record-throttling.ts';
import { openTable, readItems, type Table, toItem } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { serveLocally } from '../../infra/local/serve.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const json = { 'content-type': 'application/x-amz-json-1.0' };
const fault = (type: string, more = {}) =>
  Response.json(
    { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'Too much.', ...more },
    {
      status: 400,
      headers: json,
    },
  );

/** What DynamoDB answers a request of each kind when it throttles it. */
const refusals = {
  BatchGetItem: () => fault('ProvisionedThroughputExceededException'),
  PutItem: () => fault('ThrottlingException'),
  TransactWriteItems: () =>
    fault('TransactionCanceledException', {
      CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError', Message: 'Too much.' }],
    }),
};

const item = (id: string) => toItem(keys.parked(id), 'parked', 1, {});

/** Sends a request of a kind. */
function send(kind: keyof typeof refusals, table: Table): Promise<unknown> {
  if (kind === 'BatchGetItem') return readItems(table, [keys.parked('pi_1')]);
  if (kind === 'PutItem') return writeOne(table, { put: item('pi_1') });
  return commit(table, () => ({ one: { put: item('pi_1') }, other: { put: item('pi_2') } }));
}

/** The table behind a DynamoDB that refuses the next request of a kind because it is too much, as a function reaches it. */
const it = story.extend('throttled', async ({ table }, { onCleanup }) => {
  let refused: keyof typeof refusals | undefined;
  const server = await serveLocally(
    async (request) => {
      const operation = request.headers.get('x-amz-target')?.split('.')[1];
      const body = await request.text();
      if (operation === refused && refused) {
        const refuse = refusals[refused];
        refused = undefined;
        return refuse();
      }
      const headers = new Headers(request.headers);
      for (const name of ['host', 'connection', 'content-length']) headers.delete(name);
      const answer = await fetch(inject('dynamodbUrl'), { method: 'POST', headers, body });
      return new Response(await answer.arrayBuffer(), { status: answer.status, headers: json });
    },
    { port: 0 },
  );
  const plain = () =>
    new DynamoDBClient({
      endpoint: server.url,
      region: 'ap-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  const clients = { recording: recordThrottling(table.name, plain()), plain: plain() };
  onCleanup(async () => {
    for (const client of Object.values(clients)) client.destroy();
    await server.close();
  });
  return {
    refuse: async (kind: keyof typeof refusals, by: keyof typeof clients = 'recording') => {
      refused = kind;
      await send(kind, openTable(table.name, clients[by]));
      expect(refused, 'it was refused once').toBeUndefined();
    },
  };
});

const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000);

describe('a request that the table throttles', () => {
  for (const kind of Object.keys(refusals) as (keyof typeof refusals)[]) {
    it(`is tried again and calls a person at the next sweep: ${kind}`, async ({ table, log, throttled }) => {
      await throttled.refuse(kind);
      expect(await watchThrottling({ table, now: soon(5) })).toBe(true);
      expect(await watchThrottling({ table, now: soon(10) })).toBe(true);
      expect(log.metrics.map(({ event, id }) => [event, id])).toEqual([['TableThrottled', 'table']]);
    });
  }

  it('is seen by nobody where it is not recorded: the SDK tries again and says nothing', async ({
    table,
    throttled,
  }) => {
    await throttled.refuse('PutItem', 'plain');
    expect(await watchThrottling({ table, now: soon(5) })).toBe(false);
  });

  it('is over by itself after a quiet hour', async ({ table, throttled }) => {
    await throttled.refuse('PutItem');
    await watchThrottling({ table, now: soon(5) });
    expect(await watchThrottling({ table, now: soon(65) })).toBe(false);
    expect(await everything(table, 'attention')).toMatchObject([
      { kind: 'table-throttled', settledNote: expect.any(String) },
    ]);
  });
});
