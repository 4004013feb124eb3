import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalCloud } from '../cloud/cloud.ts';
import { dynamoDbClient } from '../cloud/dynamodb-client.ts';
import type { RunningDynamoDb } from '../cloud/dynamodb-local.ts';
import type { Template } from '../template/template.ts';
import { startTestDynamoDb } from './support/engine.ts';
import { smallAssembly } from './support/small-assembly.ts';

let dynamodb: RunningDynamoDb;
beforeAll(async () => {
  dynamodb = await startTestDynamoDb();
});
afterAll(() => dynamodb.close());

let runs = 0;

/** Starts the small assembly after a change, gives once, and waits until the mail is sent or a problem is reported. */
async function wholeRun(mutate: (template: Template) => void) {
  runs += 1;
  const assembly = await smallAssembly(`Small${runs}`);
  for (const { template } of assembly.stacks) mutate(template);
  const cloud = await startLocalCloud({
    assembly,
    dynamodbUrl: dynamodb.url,
    sitePort: { port: 0 },
    surroundings: async () => ({ parameters: new Map([['/small/key', 'secret-key']]), variables: {} }),
  });
  try {
    const response = await fetch(`${cloud.siteUrl}/gifts/mei`, { method: 'POST' });
    const answer = {
      status: response.status,
      body: await response.text(),
      cookies: response.headers.getSetCookie(),
    };
    const sent = () => cloud.functions.logs.map(({ line }) => line).find((line) => line.startsWith('sent'));
    await expect
      .poll(() => sent() !== undefined || cloud.problems.length > 0, { timeout: 30_000 })
      .toBe(true);
    return { answer, sent: sent(), problems: [...cloud.problems] };
  } finally {
    await cloud.close();
  }
}

const properties = (template: Template, id: string) =>
  template.Resources[id]?.Properties as Record<string, unknown>;
const without = (id: string) => (template: Template) => {
  delete template.Resources[id];
};

test('the whole template runs: request, transaction, stream, filter, queue, parameter', async () => {
  const { answer, sent, problems } = await wholeRun(() => {});
  expect(problems).toEqual([]);
  expect(answer.status).toBe(201);
  expect(answer.cookies).toEqual(['a=1']);
  expect(sent).toBe('sent outbox#mei with secret-key');
});

test('a function sees its own variables and those of the runtime, nothing of the machine', async () => {
  const { answer } = await wholeRun(() => {});
  const names = (JSON.parse(answer.body) as string[]).filter((name) => !/^(AWS|NODE_CHANNEL)_/.test(name));
  expect(names).toEqual(['TABLE_NAME', 'TZ']);
});

test.each<[string, (template: Template) => void, RegExp]>([
  ['a variable', (t) => delete properties(t, 'Web').Environment, /Web failed: .*TABLE_NAME is missing/],
  ['a grant', without('WebPolicy'), /Web was refused.*dynamodb:PutItem on resource: .*table\/Small/],
  [
    "a parameter's grant",
    (t) => dropStatement(t, 'Mailer', 1),
    /Mailer was refused.*ssm:GetParameter.*\/small\/key/,
  ],
  ['a route', without('Route'), /No route of the HTTP API answers POST \/gifts\/mei/],
  ['a permission', without('Permission'), /may not invoke .*Web for the route POST.*AWS::Lambda::Permission/],
  ["the stream mapping's filter", (t) => delete properties(t, 'RelayMapping').FilterCriteria, /entity gift/],
])('without %s the run fails and the cause is named', async (_, mutate, cause) => {
  const { problems } = await wholeRun(mutate);
  expect(problems.join('\n')).toMatch(cause);
});

test.each<[string, (template: Template) => void, RegExp]>([
  ['the stream mapping', without('RelayMapping'), /Relay is never invoked: no event source mapping/],
  ["the stream's grant", (t) => dropStatement(t, 'Relay', 0), /RelayMapping.*dynamodb:DescribeStream/],
  ["the queue's grant", (t) => dropStatement(t, 'Mailer', 0), /MailerMapping.*sqs:ReceiveMessage/],
  ['the stream', (t) => delete properties(t, 'Table').StreamSpecification, /RelayMapping.*no stream/],
  ['a queue', without('Queue'), /there is no resource Queue/],
  [
    "the schedule's right to invoke",
    (t) => dropStatement(t, 'Schedule', 0),
    /Schedule: the schedule would fail unseen\..*lambda:InvokeFunction on resource: .*Mailer/,
  ],
  [
    "the schedule's right to invoke its very target",
    (t) => invokes(t, 'Web'),
    /Schedule: the schedule would fail unseen\..*lambda:InvokeFunction on resource: .*Mailer/,
  ],
  [
    "the schedule's right to its dead-letter queue",
    (t) => dropStatement(t, 'Schedule', 1),
    /Schedule: the schedule would fail unseen\..*sqs:SendMessage on resource: .*ScheduleFailures/,
  ],
  [
    "the schedule's dead-letter queue",
    (t) => delete (properties(t, 'Schedule').Target as Record<string, unknown>).DeadLetterConfig,
    /Schedule\.Target\.DeadLetterConfig: what fails goes to no queue/,
  ],
  [
    "the queue of the schedule's dead letters",
    without('ScheduleFailures'),
    /there is no resource ScheduleFailures/,
  ],
  ["the schedule's policy", without('SchedulePolicy'), /Schedule: .*lambda:InvokeFunction/],
  [
    "the schedule's target",
    (t) => {
      (properties(t, 'Schedule').Target as Record<string, unknown>).Arn =
        'arn:aws:lambda:ap-east-1:000000000000:function:nobody';
    },
    /Schedule\.Target\.Arn: there is no function/,
  ],
  [
    "the scheduler's trust",
    (t) => {
      properties(t, 'ScheduleRole').AssumeRolePolicyDocument = properties(
        t,
        'WebRole',
      ).AssumeRolePolicyDocument;
    },
    /scheduler\.amazonaws\.com may not assume the role/,
  ],
])('without %s nothing starts and the cause is named', async (_, mutate, cause) => {
  await expect(wholeRun(mutate)).rejects.toThrow(cause);
});

function invokes(template: Template, target: string): void {
  const document = properties(template, 'SchedulePolicy').PolicyDocument as {
    Statement: { Resource: unknown }[];
  };
  const [statement] = document.Statement;
  if (statement) statement.Resource = { 'Fn::GetAtt': [target, 'Arn'] };
}

function dropStatement(template: Template, name: string, index: number): void {
  const document = properties(template, `${name}Policy`).PolicyDocument as { Statement: unknown[] };
  document.Statement.splice(index, 1);
}

test('no stream reports what fills a new table, and a table of an earlier run is not filled again', async () => {
  const assembly = await smallAssembly('SmallFilled');
  const call = dynamoDbClient(dynamodb.url, 'ap-east-1');
  const filled: string[] = [];
  const start = () =>
    startLocalCloud({
      assembly,
      dynamodbUrl: dynamodb.url,
      sitePort: { port: 0 },
      surroundings: async () => ({ parameters: new Map([['/small/key', 'secret-key']]), variables: {} }),
      fill: async (TableName) => {
        filled.push(TableName);
        await call('PutItem', { TableName, Item: { pk: { S: 'outbox#old' }, entity: { S: 'outbox' } } });
      },
    });
  const cloud = await start();
  const sent = () => cloud.functions.logs.map(({ line }) => line).filter((line) => /^sent/.test(line));
  try {
    await fetch(`${cloud.siteUrl}/gifts/mei`, { method: 'POST' });
    await expect.poll(sent, { timeout: 30_000 }).toContain('sent outbox#mei with secret-key');
  } finally {
    await cloud.close();
  }
  // A stream keeps the order: earlier items would have been sent earlier.
  expect(sent()).toEqual(['sent outbox#mei with secret-key']);
  await (await start()).close();
  expect(filled).toHaveLength(1);
});
